SELECT id, provider, sealed, node FROM account ORDER BY id
