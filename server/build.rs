//! Lets `cargo build` work alone: without built pages it writes placeholders that say what to do.

use std::fs;
use std::io;
use std::path::Path;

const PLACEHOLDER: &str = r#"<!doctype html>
<html lang="fr">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>LivePay</title>
<body style="font: 1.1rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 3rem auto; padding: 0 1rem">
<h1>LivePay</h1>
<p>Les pages ne sont pas encore construites. Lancez <code>scripts/run</code> : il les construit et
démarre la démo.</p>
<p lang="en">The pages are not built yet. Run <code>scripts/run</code>: it builds them and starts
the demo.</p>
</body>
</html>
"#;

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=dashboard/dist");
    let dist = Path::new("dashboard/dist");
    fs::create_dir_all(dist)?;
    for page in ["index.html", "phones.html"] {
        let page = dist.join(page);
        if !page.exists() {
            fs::write(page, PLACEHOLDER)?;
        }
    }
    Ok(())
}
