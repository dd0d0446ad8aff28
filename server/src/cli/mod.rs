//! The command line: one subcommand, one file.

mod audit;
mod demo;
mod doctor;
mod inbox;
mod migrate;
mod payments;
mod projections;
mod sandbox;
mod serve;
mod simulate;
mod whatif;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::Settings;

const EXAMPLES: &str = "Exemples · Examples:
  livepay demo                                   tout, sur cette machine · everything, on this machine
  livepay serve --listen 0.0.0.0:8080            le serveur · the server
  livepay doctor                                 ce qui manque · what is missing
  livepay audit verify                           l'historique est-il intact ? · is the history intact?
  livepay payments reconcile                     chaque franc est-il des deux côtés ? · on both sides?
  livepay projections status                     les lectures sont-elles à jour ? · up to date?
  livepay whatif --policy v2 --changed           la confiance jugée autrement · trust judged otherwise
  livepay simulate --buyers 200 --shops 4 --seconds 20
  livepay bench log                              (scripts/bench)";

/// LivePay : un mot-clé sur WhatsApp devient une commande payée.
/// A keyword on WhatsApp becomes a paid order.
#[derive(Debug, Parser)]
#[command(name = "livepay", version, after_help = EXAMPLES)]
pub struct Cli {
    #[command(subcommand)]
    command: Subcommands,
}

#[derive(Debug, Subcommand)]
enum Subcommands {
    /// Lance le serveur. · Runs the server.
    Serve(serve::Serve),
    /// Serveur, bac à sable et une boutique en direct. · Server, sandbox and a shop that is live.
    Demo(demo::Demo),
    /// Un Meta et un Bictorys locaux. · A local Meta and a local Bictorys.
    Sandbox(sandbox::SandboxArgs),
    /// Une foule d'acheteuses, puis une vérification. · A crowd of buyers, then a check.
    Simulate(simulate::Simulate),
    /// Met la base à jour. · Brings the database up to date.
    Migrate(migrate::Migrate),
    /// Dit ce qui manque et comment le réparer. · Says what is missing and how to fix it.
    Doctor(doctor::Doctor),
    /// L'historique. · The history.
    #[command(subcommand)]
    Audit(audit::Audit),
    /// L'argent chez le prestataire et chez nous. · Money, at the provider and with us.
    #[command(subcommand)]
    Payments(payments::Payments),
    /// Les tables que lisent les pages. · The tables that pages read.
    #[command(subcommand)]
    Projections(projections::Projections),
    /// Et si la confiance se jugeait autrement ? · What if trust were judged otherwise?
    Whatif(whatif::WhatIfArgs),
    /// Les messages mis de côté. · Messages that were put aside.
    Inbox(inbox::InboxArgs),
    /// Mesures, avec leurs rapports à PostgreSQL nu. · Measurements, as ratios to raw PostgreSQL.
    #[command(subcommand)]
    Bench(Bench),
}

#[derive(Debug, Subcommand)]
enum Bench {
    /// Le journal : commandes par seconde. · The log: commands per second (release build!).
    Log {
        /// Where the private cluster of the measurement lives; deleted afterwards by you.
        #[arg(long, default_value = "data-bench")]
        data: PathBuf,
        /// Only the lines that hold these words, for example "hot product, 256".
        #[arg(long)]
        only: Option<String>,
        /// The middle of so many rounds is told.
        #[arg(long, default_value_t = 3)]
        rounds: usize,
    },
}

/// Does what was asked.
pub async fn run(cli: Cli) -> Result<ExitCode, String> {
    // Every HTTP client of the process uses this cryptography; an error says it is there already.
    let _there_already = rustls::crypto::ring::default_provider()
        .install_default()
        .is_err();
    match cli.command {
        Subcommands::Serve(serve) => serve.run().await,
        Subcommands::Demo(demo) => demo.run().await,
        Subcommands::Sandbox(sandbox) => sandbox.run().await,
        Subcommands::Simulate(simulate) => simulate.run().await,
        Subcommands::Migrate(migrate) => migrate.run().await,
        Subcommands::Doctor(doctor) => doctor.run().await,
        Subcommands::Audit(audit) => audit.run().await,
        Subcommands::Payments(payments) => payments.run().await,
        Subcommands::Projections(projections) => projections.run().await,
        Subcommands::Whatif(whatif) => whatif.run().await,
        Subcommands::Inbox(inbox) => inbox.run().await,
        Subcommands::Bench(Bench::Log { data, only, rounds }) => {
            if cfg!(debug_assertions) {
                note("note: this is a debug build; scripts/bench measures a release build");
            }
            out(&crate::bench::log(data, only.as_deref(), rounds.max(1), note).await?);
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Says something for a person who waits, beside the output.
pub fn note(text: &str) {
    let _closed = writeln!(std::io::stderr(), "{text}");
}

/// Prints what was asked for.
pub fn out(text: &str) {
    let _closed = writeln!(std::io::stdout(), "{text}");
}

/// The last word when something could not be done.
pub fn fail(error: &str) -> ExitCode {
    note(&format!("livepay: {error}"));
    ExitCode::FAILURE
}

/// Starts the log lines: readable on a terminal, JSON elsewhere.
fn logs(level: &str) {
    use std::io::IsTerminal as _;
    use tracing_subscriber::EnvFilter;
    let filter = EnvFilter::try_new(level).unwrap_or_else(|_unread| EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    // Someone else's subscriber (a test's) stays.
    let _there_is_one = if std::io::stderr().is_terminal() {
        builder.with_target(false).try_init()
    } else {
        builder.json().try_init()
    };
}

/// Waits for Ctrl-C or SIGTERM.
async fn told_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _either = interrupt.await;
}

/// The settings' database, for commands that look at it from outside.
async fn database(
    settings: &Settings,
) -> Result<(String, Option<crate::postgres::Private>), String> {
    crate::house::database(settings)
        .await
        .map_err(|error| error.to_string())
}
