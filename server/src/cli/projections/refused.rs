//! What to do when it did not work.

use projections::rebuild::RebuildError;
use projections::{ApplyError, MODELS};

/// Lines of a list shown at most.
const SHOWN: usize = 10;

pub(super) fn no_such_model(name: &str) -> String {
    let all: Vec<&str> = MODELS.iter().map(|model| model.name).collect();
    format!(
        "« {name} » n'est pas un modèle de lecture. · There is no read model called “{name}”.\n\
         Il y a · There are: {}",
        all.join(" ")
    )
}

pub(super) fn database(error: &sqlx::Error) -> String {
    let code = error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code);
    if code.as_deref() == Some("42P01") {
        return format!(
            "{error}\nLa base n'est pas à jour · the database is not up to date: livepay migrate"
        );
    }
    format!("base de données · database: {error}")
}

pub(super) fn apply(error: &ApplyError) -> String {
    match error {
        ApplyError::Database(error) => database(error),
        ApplyError::OtherVersion(model, version) => format!(
            "Les tables de {model} sont de la version {version}, d'un autre programme : utilisez \
             celui qui sert.\n\
             The tables of {model} are of version {version}, another program's: use the one that \
             serves."
        ),
        ApplyError::LeaseLost => "Quelqu'un d'autre a repris ou arrêté cette reconstruction. · \
             Somebody else took this rebuild over or aborted it.\n\
             livepay projections status"
            .to_owned(),
        ApplyError::Poison(what) => what.clone(),
    }
}

pub(super) fn rebuild(error: &RebuildError) -> String {
    match error {
        RebuildError::NoSuchModel(name) => no_such_model(name),
        RebuildError::NoModel => {
            "Lequel ? · Which one? livepay projections rebuild orders, ou · or --all".to_owned()
        }
        RebuildError::Busy(until) => format!(
            "Une reconstruction est en cours (bail jusqu'à {until}). · A rebuild is under way \
             (lease until {until}).\n\
             La suivre · watch it: livepay projections status\n\
             L'arrêter · stop it: livepay projections rebuild --abort"
        ),
        RebuildError::StartedOver => {
            "Les tables en service ont été refaites entre-temps ; recommencez. · The live tables \
             were made anew meanwhile; begin again: livepay projections rebuild --abort"
                .to_owned()
        }
        RebuildError::Parked(shops) => {
            let lines = shops.iter().take(SHOWN).map(|one| {
                format!(
                    "  {} {} @{}: {}",
                    one.projection, one.shop_id, one.pos, one.error
                )
            });
            format!(
                "{} boutique(s) seraient mises de côté, rien n'a changé. · {} shop(s) would be \
                 parked, nothing was changed.\n{}\n\
                 Quand même · all the same: livepay projections rebuild … --accept-parked",
                shops.len(),
                shops.len(),
                lines.collect::<Vec<_>>().join("\n")
            )
        }
        RebuildError::Differs(found) => {
            let lines = found.iter().take(SHOWN).map(|one| format!("  {one}"));
            format!(
                "Le contenu n'est pas celui d'avant, rien n'a changé. · The content is not what \
                 it was, nothing was changed.\n{}\n\
                 L'ancien était faux ? · Was the old one wrong? livepay projections rebuild … \
                 --replace",
                lines.collect::<Vec<_>>().join("\n")
            )
        }
        RebuildError::Apply(error) => apply(error),
    }
}
