SELECT current_setting('server_version_num')::integer AS version,
       pg_encoding_to_char(d.encoding)::text AS encoding,
       current_setting('fsync') AS fsync,
       current_setting('synchronous_commit') AS synchronous_commit,
       current_setting('full_page_writes') AS full_page_writes
  FROM pg_database d
 WHERE d.datname = current_database()
