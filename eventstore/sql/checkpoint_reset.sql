DELETE FROM checkpoint WHERE projection = $1
