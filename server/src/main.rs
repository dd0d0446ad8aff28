//! What this program can be.

use std::process::ExitCode;

use clap::Parser as _;
use server::cli::{Cli, run};

fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return server::cli::fail(&format!("the runtime does not start: {error}")),
    };
    match runtime.block_on(run(cli)) {
        Ok(code) => code,
        Err(error) => server::cli::fail(&error),
    }
}
