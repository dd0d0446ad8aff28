//! Every statement of the log is one PostgreSQL can plan.

use std::path::Path;

use sqlx::{Executor, SqlSafeStr};
use tests::cluster::database;

use super::stock::look;

#[tokio::test]
async fn every_sql_file_prepares() {
    let db = database().await;
    let pool = look(db.url()).await;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../eventstore/sql");
    let mut seen = 0;
    for file in std::fs::read_dir(folder).expect("the folder") {
        let path = file.expect("a file").path();
        let sql = std::fs::read_to_string(&path).expect("a text");
        let prepared = pool.prepare(sqlx::AssertSqlSafe(sql).into_sql_str()).await;
        assert!(prepared.is_ok(), "{}: {:?}", path.display(), prepared.err());
        seen += 1;
    }
    assert!(seen > 40, "only {seen} statements found");
}
