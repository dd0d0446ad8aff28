SELECT lane, pos FROM checkpoint WHERE projection = $1
