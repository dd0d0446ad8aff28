//! The one list of misbehaviours: what each is called, in which moment it strikes, what it does.

use serde::{Deserialize, Serialize};

/// When a misbehaviour may strike. In one moment at most one of its misbehaviours does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sandbox) enum Moment {
    /// Any call to the provider's API.
    Call,
    /// A valid `POST /charges`.
    Create,
    /// A payer pays what was asked.
    Pay,
    /// A payment is written in the books.
    Amounts,
    /// The provider is about to tell the merchant something.
    Webhook,
    /// The status route.
    Status,
    /// The detail route.
    Detail,
    /// The list route.
    List,
    /// A refund that could be made.
    Refund,
    /// Any call to the Graph API.
    MetaCall,
    /// A valid send.
    Send,
    /// A status is about to be reported.
    Tick,
    /// A message or a status is about to leave Meta.
    Update,
    /// A whole POST of Meta was acknowledged.
    Post,
}

/// What the optional value of a misbehaviour means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sandbox) enum Unit {
    /// It has none.
    None,
    /// Milliseconds, with what is taken when nothing is said.
    Millis(i64),
    /// Francs, made from the charge when nothing is said.
    Francs,
}

/// A misbehaviour as people read it: in French first, in English beside.
#[derive(Debug, Clone, Copy)]
pub(in crate::sandbox) struct About {
    pub(in crate::sandbox) name: &'static str,
    pub(in crate::sandbox) moment: Moment,
    pub(in crate::sandbox) unit: Unit,
    pub(in crate::sandbox) label: (&'static str, &'static str),
    pub(in crate::sandbox) sentence: (&'static str, &'static str),
}

macro_rules! misbehaviours {
    ($($variant:ident $name:literal $moment:ident ($unit:expr)
       $french:literal $english:literal $phrase:literal $sentence:literal;)+) => {
        /// One way to misbehave; its stable name is what the API, the page and reports say.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub(in crate::sandbox) enum Misbehaviour {
            $(#[doc = $sentence] #[serde(rename = $name)] $variant,)+
        }

        impl Misbehaviour {
            /// All of them, in the order of the page.
            pub(in crate::sandbox) const ALL: &[Self] = &[$(Self::$variant,)+];

            pub(in crate::sandbox) fn about(self) -> About {
                match self {
                    $(Self::$variant => About {
                        name: $name,
                        moment: Moment::$moment,
                        unit: $unit,
                        label: ($french, $english),
                        sentence: ($phrase, $sentence),
                    },)+
                }
            }
        }
    };
}

misbehaviours! {
    Waf403 "waf_403" Call (Unit::None) "Pare-feu 403" "Firewall 403"
        "Le pare-feu répond 403 en HTML, comme à un robot."
        "The firewall answers 403 in HTML, as to a robot.";
    ProviderOutage "provider_outage" Call (Unit::Millis(5_000)) "Bictorys en panne" "Bictorys down"
        "Bictorys répond 503 à tout, pendant la durée dite."
        "Bictorys answers 503 to everything, for as long as said.";
    ProviderSilence "provider_silence" Call (Unit::Millis(12_000))
        "Bictorys muet" "Bictorys silent"
        "Bictorys ne répond plus rien, pendant la durée dite."
        "Bictorys answers nothing at all, for as long as said.";
    ProviderUnreachable "provider_unreachable" Call (Unit::Millis(5_000))
        "Bictorys injoignable" "Bictorys unreachable"
        "Chaque appel à Bictorys est coupé sans un octet de réponse, pendant la durée dite."
        "Every call to Bictorys is cut without a byte of an answer, for as long as said.";
    CreateSlow "create_slow" Create (Unit::Millis(12_000)) "Création lente" "Slow creation"
        "Le paiement est créé tout de suite, la réponse arrive bien plus tard."
        "The charge is made at once, its answer comes much later.";
    Create500 "create_500" Create (Unit::None) "Créé, mais 500" "Created, yet 500"
        "Le paiement est créé, et la réponse dit 500."
        "The charge is made, and the answer says 500.";
    PaysLess "pays_less" Pay (Unit::Francs) "Paie moins" "Pays less"
        "L’acheteuse paie moins que demandé : la moitié, ou les francs dits."
        "The payer pays less than asked: half, or the francs said.";
    PaysMore "pays_more" Pay (Unit::Francs) "Paie plus" "Pays more"
        "L’acheteuse paie plus que demandé : moitié en plus, ou les francs dits."
        "The payer pays more than asked: half as much again, or the francs said.";
    PaysTwice "pays_twice" Pay (Unit::None) "Paie deux fois" "Pays twice"
        "Deux transactions réussissent sous le même paiement."
        "Two transactions succeed under the same charge.";
    SecondCharge "second_charge" Pay (Unit::None) "Second paiement" "Second charge"
        "Un second paiement de même référence apparaît, et il est payé aussi."
        "A second charge with the same reference appears, and it is paid too.";
    Authorized "authorized" Pay (Unit::Millis(3_000)) "Autorisé d’abord" "Authorized first"
        "Le paiement est seulement autorisé ; il réussit après la durée dite."
        "The payment is only authorized; it succeeds after the time said.";
    AuthorizedNever "authorized_never" Pay (Unit::None)
        "Autorisé, sans suite" "Authorized, no more"
        "Le paiement est autorisé et ne réussit jamais."
        "The payment is authorized and never succeeds.";
    Reversed "reversed" Pay (Unit::Millis(3_000)) "Repris" "Reversed"
        "Le paiement réussit, puis l’opérateur le reprend après la durée dite."
        "The payment succeeds, then the operator takes it back after the time said.";
    NetAmounts "net_amounts" Amounts (Unit::None) "Montants nets" "Net amounts"
        "Détail et liste disent le montant sans les frais ; l’annonce dit le montant payé."
        "Detail and list tell the amount without the fees; the webhook tells what was paid.";
    WebhookLost "webhook_lost" Webhook (Unit::None) "Annonce perdue" "Webhook lost"
        "Le fournisseur n’annonce rien."
        "The provider tells nothing.";
    WebhookDoubled "webhook_doubled" Webhook (Unit::None) "Annonce doublée" "Webhook doubled"
        "L’annonce arrive deux fois, la seconde jusqu’à deux secondes après."
        "The webhook comes twice, the second up to two seconds later.";
    WebhookLate "webhook_late" Webhook (Unit::Millis(5_000)) "Annonce en retard" "Webhook late"
        "L’annonce arrive après la durée dite."
        "The webhook comes after the time said.";
    WebhookReordered "webhook_reordered" Webhook (Unit::Millis(5_000))
        "Annonce dépassée" "Webhook overtaken"
        "L’annonce attend que la suivante l’ait dépassée, au plus la durée dite."
        "The webhook waits until the next one has overtaken it, at most the time said.";
    WebhookAmountAltered "webhook_amount_altered" Webhook (Unit::Francs)
        "Annonce au montant faux" "Webhook with a false amount"
        "L’annonce a le bon secret, aucune signature, et dix fois le montant (ou les francs dits)."
        "The webhook has the right secret, no signature, ten times the amount (or the francs said).";
    WebhookStatusAltered "webhook_status_altered" Webhook (Unit::None)
        "Annonce au statut faux" "Webhook with a false status"
        "L’annonce a le bon secret, aucune signature, et dit l’échec d’un succès, ou l’inverse."
        "The webhook has the right secret, no signature, and tells a success as failed, or the reverse.";
    Status500 "status_500" Status (Unit::None) "Statut 500" "Status 500"
        "La route du statut répond 500."
        "The status route answers 500.";
    Detail500 "detail_500" Detail (Unit::None) "Détail 500" "Detail 500"
        "La route du détail répond 500."
        "The detail route answers 500.";
    List500 "list_500" List (Unit::None) "Liste 500" "List 500"
        "La liste répond 500."
        "The list answers 500.";
    RefundRefused "refund_refused" Refund (Unit::None)
        "Remboursement refusé" "Refund refused"
        "La demande de remboursement reçoit un 400, rien n’est rendu."
        "The refund is answered 400 and nothing is given back.";
    RefundLost "refund_lost" Refund (Unit::None) "Remboursement muet" "Refund in silence"
        "Le remboursement est accepté et fait, jamais annoncé."
        "The refund is accepted and made, and never told.";
    MetaOutage "meta_outage" MetaCall (Unit::Millis(5_000)) "WhatsApp en panne" "WhatsApp down"
        "L’API de WhatsApp répond 503 à tout, pendant la durée dite."
        "The WhatsApp API answers 503 to everything, for as long as said.";
    MetaSilence "meta_silence" MetaCall (Unit::Millis(12_000)) "WhatsApp muet" "WhatsApp silent"
        "L’API de WhatsApp ne répond plus rien, pendant la durée dite."
        "The WhatsApp API answers nothing at all, for as long as said.";
    MetaUnreachable "meta_unreachable" MetaCall (Unit::Millis(5_000))
        "WhatsApp injoignable" "WhatsApp unreachable"
        "Chaque appel à WhatsApp est coupé sans un octet de réponse, pendant la durée dite."
        "Every call to WhatsApp is cut without a byte of an answer, for as long as said.";
    NumberThrottled "number_throttled" Send (Unit::None)
        "130429 : trop d’envois" "130429: throughput"
        "L’envoi est refusé : le numéro envoie trop."
        "The send is refused: the number sends too much.";
    PairThrottled "pair_throttled" Send (Unit::None)
        "131056 : trop à une personne" "131056: pair rate"
        "L’envoi est refusé : trop de messages à cette personne."
        "The send is refused: too many messages to this person.";
    WindowMissed "window_missed" Send (Unit::Millis(1_500))
        "131047 : fenêtre fermée" "131047: window closed"
        "L’envoi est accepté, puis échoue après la durée dite : plus de 24 heures."
        "The send is accepted, then fails after the time said: over 24 hours.";
    SendRefused "send_refused" Send (Unit::None) "Envoi refusé" "Send refused"
        "L’envoi est refusé avec le code réglé (131000 d’habitude)."
        "The send is refused with the code that is set (131000 as a rule).";
    SendReplyLost "send_reply_lost" Send (Unit::None) "Réponse perdue" "Reply lost"
        "Le message part et arrive, mais la ligne est coupée avant la réponse."
        "The message leaves and arrives, yet the line is cut before the answer.";
    StatusLost "status_lost" Tick (Unit::None) "Coche perdue" "Tick lost"
        "Un statut (envoyé, reçu, lu) n’est jamais dit."
        "A status (sent, delivered, read) is never told.";
    UpdateDoubled "update_doubled" Update (Unit::None) "Message doublé" "Update doubled"
        "Un message ou un statut de Meta arrive deux fois."
        "A message or a status comes twice from Meta.";
    UpdateReordered "update_reordered" Update (Unit::None) "Message dépassé" "Update overtaken"
        "Un message ou un statut est retenu jusqu’à deux secondes, d’autres le dépassent."
        "A message or a status is held back up to two seconds, and others overtake it.";
    PostDoubled "post_doubled" Post (Unit::None) "Envoi de Meta répété" "Meta's POST repeated"
        "Un envoi entier, pourtant reçu, revient octet pour octet."
        "A whole POST comes again byte for byte, though it was acknowledged.";
}

impl Misbehaviour {
    /// The one of this name.
    pub(in crate::sandbox) fn named(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|one| one.about().name == name)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Misbehaviour, Unit};

    #[test]
    fn names_are_theirs_alone_stable_and_the_ones_of_the_wire() {
        let mut names = BTreeSet::new();
        for one in Misbehaviour::ALL {
            let about = one.about();
            assert!(names.insert(about.name), "{} twice", about.name);
            assert_eq!(serde_json::to_value(one).unwrap(), about.name);
            assert_eq!(Misbehaviour::named(about.name), Some(*one));
            let told = [about.sentence.0, about.sentence.1];
            assert!(told.iter().all(|text| text.ends_with('.')), "{told:?}");
            assert!(!matches!(about.unit, Unit::Millis(millis) if millis <= 0));
        }
        assert_eq!(Misbehaviour::named("nothing"), None);
    }
}
