//! The vendors of a play: each signs in with her link, holds things up, takes a break, says FIN,
//! all through the API her own page uses.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use serde::Deserialize;
use serde_json::{Value, json};

use super::control::{Control, accepted};
use super::diary::What;
use super::error::SimulateError;
use super::plan::Script;
use super::shops::Shop;
use super::tally::Tally;

/// How often a command is sent before the vendor gives up, always under the same key.
const TRIES: u32 = 5;

/// A vendor who is signed in.
#[derive(Debug)]
pub(super) struct Vendor {
    control: Arc<Control>,
    tally: Arc<Tally>,
    /// Root of the server.
    livepay_url: String,
    /// Her session.
    cookie: String,
    shop: Shop,
    /// Numbers of her products, by keyword.
    products: BTreeMap<String, i64>,
}

/// What of the board is read here.
#[derive(Debug, Deserialize)]
struct Board {
    stock: Vec<Card>,
}

#[derive(Debug, Deserialize)]
struct Card {
    product: i64,
    keyword: String,
}

/// Something to do, at a second of the live's own time.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Act {
    Show(usize),
    Pause,
    Resume,
    Finish,
}

impl Vendor {
    /// Opens her page: the link, the cookie, what is on her shelves.
    pub(super) async fn sign_in(
        (control, tally): (&Arc<Control>, &Arc<Tally>),
        livepay_url: &str,
        shop: &Shop,
    ) -> Result<Self, SimulateError> {
        let livepay_url = livepay_url.trim_end_matches('/').to_owned();
        let stranger = || SimulateError::NoVendor(shop.phone_number_id.clone());
        let link = shop.sign_in.as_deref().ok_or_else(stranger)?;
        // The link names the address people use; here the server may have another one.
        let (_, token) = link.split_once("/sign-in/").ok_or_else(stranger)?;
        let url = format!("{livepay_url}/sign-in/{token}");
        let call = |source| SimulateError::Call {
            what: format!("{livepay_url}/sign-in"),
            source,
        };
        let answer = control.http().get(&url).send().await.map_err(call)?;
        let cookie = answer
            .headers()
            .get(SET_COOKIE)
            .filter(|_| answer.headers().contains_key(LOCATION))
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.split(';').next())
            .ok_or_else(stranger)?;
        let cookie = cookie.to_owned();
        let url = format!("{livepay_url}/api/v1/board");
        let asked = control.http().get(&url).header(COOKIE, &cookie);
        let board: Board = super::control::read(&url, asked.send().await).await?;
        let products = board
            .stock
            .into_iter()
            .map(|card| (card.keyword, card.product));
        Ok(Self {
            control: Arc::clone(control),
            tally: Arc::clone(tally),
            livepay_url,
            cookie,
            shop: shop.clone(),
            products: products.collect(),
        })
    }

    /// Plays a script from `start`, `pace` seconds of it in each real one.
    pub(super) async fn play(self, script: Script, start: Instant, pace: f64) {
        for (at, act) in acts(&script) {
            let due = Duration::try_from_secs_f64(at / pace).unwrap_or_default();
            tokio::time::sleep_until((start + due).into()).await;
            match self.act(act).await {
                Ok(what) => self.tally.note(&self.shop.phone_number_id, what),
                Err(error) => {
                    tracing::warn!(%error, "a vendor could not do what she wanted");
                    self.tally.count(|t| t.vendor_refused += 1);
                }
            }
        }
    }

    async fn act(&self, act: Act) -> Result<What, SimulateError> {
        let (path, body, what) = match act {
            Act::Show(n) => {
                let keyword = self.shop.keywords.get(n).cloned().unwrap_or_default();
                let product = self.products.get(&keyword);
                (
                    "show",
                    Some(json!({"product": product})),
                    What::Shown(keyword),
                )
            }
            Act::Pause => ("pause", None, What::Paused),
            Act::Resume => ("resume", None, What::Resumed),
            Act::Finish => ("finish", None, What::Finished),
        };
        let key = crate::identity::new().simple().to_string();
        let mut tries = 1;
        loop {
            match self.command(path, body.as_ref(), &key).await {
                Ok(()) => return Ok(what),
                // A refusal is an answer; trouble is tried again, and done once.
                Err(error) if tries == TRIES || error.is_final() => return Err(error),
                Err(_trouble) => tokio::time::sleep(Duration::from_millis(300) * tries).await,
            }
            tries += 1;
        }
    }

    async fn command(
        &self,
        path: &str,
        body: Option<&Value>,
        key: &str,
    ) -> Result<(), SimulateError> {
        let url = format!("{}/api/v1/live/{path}", self.livepay_url);
        let asked = self.control.http().post(&url);
        let asked = asked
            .header(COOKIE, &self.cookie)
            .header("idempotency-key", key);
        let asked = match body {
            Some(body) => asked.json(body),
            None => asked,
        };
        let answer = asked.send().await.map_err(|source| SimulateError::Call {
            what: url.clone(),
            source,
        })?;
        accepted(&url, answer).await.map(drop)
    }
}

/// What a script asks of its vendor, earliest first; FIN is the last thing whatever its moment.
fn acts(script: &Script) -> Vec<(f64, Act)> {
    let shown = script
        .showings
        .iter()
        .map(|shown| (shown.at, Act::Show(shown.keyword)));
    let mut acts: Vec<(f64, Act)> = shown.collect();
    if let Some(pause) = script.pause {
        acts.extend([(pause.from, Act::Pause), (pause.until, Act::Resume)]);
    }
    acts.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    if script.fin {
        acts.push((script.length, Act::Finish));
    }
    acts
}

#[cfg(test)]
mod tests {
    use super::{Act, acts};
    use crate::simulate::plan::{Arrivals, Wanted, draw};

    #[test]
    fn a_script_is_showings_around_one_break_and_fin_at_the_end() {
        let wanted = Wanted {
            buyers: 1,
            arrivals: Arrivals::Live,
            length: 3_600.0,
            fin: true,
            keywords: vec![4],
            seed: 8,
        };
        let schedule = draw(&wanted);
        let acts = acts(&schedule.stages[0].script);
        assert_eq!(acts.len(), 10 + 2 + 1);
        assert!(acts.windows(2).all(|pair| pair[0].0 <= pair[1].0));
        assert_eq!(acts.last(), Some(&(3_600.0, Act::Finish)));
        let place = |wanted| acts.iter().position(|(_, act)| *act == wanted).unwrap();
        assert_eq!(
            place(Act::Resume),
            place(Act::Pause) + 1,
            "nothing is shown in the break"
        );
    }
}
