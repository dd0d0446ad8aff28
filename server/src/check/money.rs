//! The provider's books against ours, attempt by attempt, to the franc: what came, and what went
//! back. That what came is confirmed, due back or waits, exactly once, is an invariant of the
//! folded history (`projections::verify`).

use std::collections::BTreeMap;
use std::time::Duration;

use domain::ids::{AttemptId, Reference, ShopId};
use uuid::Uuid;

use super::{Question, REST, Verdict};
use crate::node::Node;
use crate::simulate::BookLine;

/// What we saw of each attempt: francs that came (gross), and francs that went back.
const SEEN: &str = "select shop_id, (body #>> '{payment,PaymentObserved,attempt}')::bigint,
      sum((body #>> '{payment,PaymentObserved,amount}')::bigint
        + coalesce((body #>> '{payment,PaymentObserved,fees}')::bigint, 0))::bigint
    from event where shop_id = any($1) and kind = 'PaymentObserved'
     and body #>> '{payment,PaymentObserved,status}' = 'succeeded'
     and body #>> '{payment,PaymentObserved,trusted}' = 'fully' group by 1, 2";
/// Money whose success was lost on the way and which we first heard of when it was gone again: it
/// came and went.
const UNSEEN: &str = "select shop_id, attempt, sum(amount)::bigint from (
    select distinct on (shop_id, attempt, transaction) * from (
        select shop_id, seq, (body #>> '{payment,PaymentObserved,attempt}')::bigint as attempt,
               body #>> '{payment,PaymentObserved,provider_id}' as transaction,
               body #>> '{payment,PaymentObserved,status}' as status,
               (body #>> '{payment,PaymentObserved,amount}')::bigint
                 + coalesce((body #>> '{payment,PaymentObserved,fees}')::bigint, 0) as amount
          from event where shop_id = any($1) and kind = 'PaymentObserved'
           and body #>> '{payment,PaymentObserved,trusted}' = 'fully'
           and body #>> '{payment,PaymentObserved,status}' in ('succeeded', 'reversed')) as seen
     order by shop_id, attempt, transaction, status = 'succeeded' desc, seq) as told
  where status = 'reversed' and amount is not null group by 1, 2";
const BACK: &str = "select shop_id, attempt, sum(amount)::bigint from (
    select shop_id, (body #>> '{payment,PaymentReversed,attempt}')::bigint as attempt,
           (body #>> '{payment,PaymentReversed,amount}')::bigint as amount
      from event where shop_id = any($1) and kind = 'PaymentReversed'
    union all
    select shop_id, (body #>> '{payment,RefundConfirmed,attempt}')::bigint,
           (body #>> '{payment,RefundConfirmed,amount}')::bigint
      from event where shop_id = any($1) and kind = 'RefundConfirmed') as back group by 1, 2";

/// Francs that came and went, by attempt.
type Books = BTreeMap<(Uuid, i64), (i64, i64)>;

/// Compares until both agree, or their time is up: what was lost is found by the sweep of the
/// list, and what has to go back is on its way.
pub(super) async fn compare(node: &Node, question: &Question, verdict: &mut Verdict) {
    let until = tokio::time::Instant::now() + REST;
    let both = loop {
        let both = both(node, question).await;
        let agree = matches!(&both, Ok((theirs, ours)) if theirs == ours);
        if agree || tokio::time::Instant::now() >= until {
            break both;
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    };
    let (theirs, ours) = match both {
        Ok(both) => both,
        Err(error) => return verdict.add(false, format!("money: {error}")),
    };
    let came = |books: &Books| books.values().map(|(came, _)| came).sum::<i64>();
    let back = |books: &Books| books.values().map(|(_, back)| back).sum::<i64>();
    let differs = difference(&theirs, &ours);
    verdict.add(
        differs.is_none(),
        format!(
            "money: of {} attempts the provider took {} F and sent back {} F, we saw {} F and \
             {} F{}",
            theirs.len(),
            came(&theirs),
            back(&theirs),
            came(&ours),
            back(&ours),
            differs.unwrap_or_default()
        ),
    );
}

/// Both books as they are now.
async fn both(node: &Node, question: &Question) -> Result<(Books, Books), String> {
    let theirs = theirs(question).await.map_err(|error| error.to_string())?;
    let ours = ours(node, &question.shops)
        .await
        .map_err(|error| error.to_string())?;
    Ok((theirs, ours))
}

/// The first attempt on which the books differ.
fn difference(theirs: &Books, ours: &Books) -> Option<String> {
    let nothing = (0, 0);
    let keys = theirs.keys().chain(ours.keys());
    let mut differs = keys.filter_map(|key| {
        let (their, our) = (theirs.get(key).unwrap_or(&nothing), ours.get(key));
        let our = our.unwrap_or(&nothing);
        (their != our).then(|| {
            let reference = Reference::new(ShopId(key.0), AttemptId(key.1.unsigned_abs()));
            format!(": {reference} has {their:?} there, {our:?} here")
        })
    });
    differs.next()
}

async fn theirs(question: &Question) -> Result<Books, reqwest::Error> {
    let mut books = Books::new();
    let Some(url) = &question.books else {
        return Ok(books);
    };
    let http = reqwest::Client::builder().no_proxy().build()?;
    let lines: Vec<BookLine> = http.get(url).send().await?.json().await?;
    for line in lines {
        // Money without a reference of these shops is nobody's here: `livepay payments reconcile`
        // shows it.
        let reference = line.reference.as_deref().and_then(Reference::parse);
        let Some((shop, attempt)) = reference.filter(|(shop, _)| question.shops.contains(&shop.0))
        else {
            continue;
        };
        let attempt = i64::try_from(attempt.0).unwrap_or(i64::MAX);
        let sum = books.entry((shop.0, attempt)).or_default();
        sum.0 += line.amount;
        sum.1 += line.refunded + line.reversed;
    }
    Ok(books)
}

async fn ours(node: &Node, shops: &[Uuid]) -> Result<Books, sqlx::Error> {
    let mut books = Books::new();
    let rows = |sql: &'static str| {
        sqlx::query_as::<_, (Uuid, i64, i64)>(sql)
            .bind(shops)
            .fetch_all(&node.pool)
    };
    for (shop, attempt, came) in rows(SEEN).await? {
        books.entry((shop, attempt)).or_default().0 += came;
    }
    for (shop, attempt, both) in rows(UNSEEN).await? {
        let sum = books.entry((shop, attempt)).or_default();
        sum.0 += both;
        sum.1 += both;
    }
    for (shop, attempt, back) in rows(BACK).await? {
        books.entry((shop, attempt)).or_default().1 += back;
    }
    Ok(books)
}
