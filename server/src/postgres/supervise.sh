# Runs PostgreSQL and stops it when livepay ends, however livepay ends: stdin is a pipe whose
# other end only livepay holds, and the system closes it even after kill -9.
# Arguments: the folder to delete afterwards (or nothing), then the command to run.
discard=$1
shift
exec 3<&0 </dev/null
"$@" 3<&- &
server=$!
(
  read -r _
  kill -INT "$server" # fast shutdown: clients are cut, what was committed stays
  exit 0
) <&3 3<&- &
watcher=$!
exec 3<&-
wait "$server"
code=$?
kill "$watcher" 2>/dev/null
if wait "$watcher" 2>/dev/null && [ -n "$discard" ]; then
  rm -rf -- "$discard"
fi
exit "$code"
