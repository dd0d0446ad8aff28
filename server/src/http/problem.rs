//! Every "no" over HTTP: RFC 9457 problem+json, French first and English beside it. One row per
//! problem, so that code, status and words cannot disagree.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::rejection::Rejection;
use serde::Serialize;

/// Problem, code, status, French, English.
macro_rules! problems {
    ($($(#[$doc:meta])* $name:ident $code:literal $status:ident $fr:literal $en:literal;)+) => {
        /// What can be wrong with a request.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Problem {
            $($(#[$doc])* $name,)+
        }

        impl Problem {
            fn row(self) -> (&'static str, StatusCode, &'static str, &'static str) {
                match self {
                    $(Self::$name => ($code, StatusCode::$status, $fr, $en),)+
                }
            }
        }
    };
}

problems! {
    /// No or a foreign signature.
    Unsigned "unsigned" UNAUTHORIZED
        "La signature manque ou ne correspond pas." "The signature is missing or does not match.";
    /// No valid session.
    SignedOut "signed-out" UNAUTHORIZED
        "Ouvre d'abord le lien de connexion." "Open the sign-in link first.";
    /// Proven, but not for this.
    Forbidden "forbidden" FORBIDDEN
        "Cette demande n'est pas permise." "This request is not allowed.";
    /// Nothing there.
    NotFound "not-found" NOT_FOUND
        "Il n'y a rien à cette adresse." "There is nothing at this address.";
    /// Over the size limit.
    TooLarge "too-large" PAYLOAD_TOO_LARGE
        "Le message est trop grand." "The body is too large.";
    /// No picture of a kind we take.
    UnknownPicture "unknown-picture" UNSUPPORTED_MEDIA_TYPE
        "Cette image n'est ni JPEG, ni PNG, ni WebP." "This is no JPEG, PNG or WebP picture.";
    /// The shop has as many pictures as it may have.
    TooManyPhotos "too-many-photos" CONFLICT
        "La boutique a trop de photos." "The shop has too many photos.";
    /// Cannot be understood.
    Malformed "malformed" BAD_REQUEST
        "La demande est mal formée." "The request is malformed.";
    /// A number outside what the shop allows.
    OutOfBounds "out-of-bounds" CONFLICT
        "Ce nombre est hors des limites." "This number is out of bounds.";
    /// The refund is sent, confirmed, or with the provider.
    RefundElsewhere "refund-elsewhere" CONFLICT
        "Ce remboursement n'en est pas là : relis la liste."
        "This refund is elsewhere: look again.";
    /// Nobody asked to cancel that order, or it is decided.
    NoRequest "no-request" CONFLICT
        "Aucune demande d'annulation n'attend pour cette commande."
        "No cancellation waits for this order.";
    /// Not paid, so not handed over.
    OrderNotPaid "order-not-paid" CONFLICT
        "Cette commande n'est pas payée." "This order is not paid.";
    /// Paid and handed over.
    OrderHandedOver "order-handed-over" CONFLICT
        "Cette commande est déjà remise." "This order is handed over already.";
    /// Expired or cancelled.
    OrderOver "order-over" CONFLICT
        "Cette commande est terminée." "This order is over.";
    /// Units are held or owed.
    StockProtected "stock-protected" CONFLICT
        "Des commandes tiennent ces unités : annule-les d'abord."
        "Orders hold these units: cancel those first.";
    /// Another live is on.
    LiveAlreadyOn "live-already-on" CONFLICT
        "Un live est déjà en cours : termine-le d'abord." "A live is on already: end it first.";
    /// It needs a live, and none is on.
    NoLive "no-live" CONFLICT
        "Aucun live n'est en cours." "No live is on.";
    /// The live is over for too long to be taken back.
    ReopenTooLate "reopen-too-late" CONFLICT
        "Ce live est fini depuis trop longtemps : démarre-en un autre."
        "This live ended too long ago: start another.";
    /// The rules say no.
    Refused "refused" CONFLICT
        "La boutique a refusé." "The shop refused.";
    /// Try again.
    Busy "busy" SERVICE_UNAVAILABLE
        "Trop de demandes : réessaie dans un instant." "Too busy: try again in a moment.";
    /// The tables do not know yet what the caller has just done.
    Behind "behind" SERVICE_UNAVAILABLE
        "La page rattrape son retard : réessaie." "The page is catching up: try again.";
    /// The database is away.
    Unavailable "unavailable" SERVICE_UNAVAILABLE
        "Le service revient dans un instant." "The service will be back in a moment.";
    /// A command that cannot be committed.
    Parked "parked" UNPROCESSABLE_ENTITY
        "Cette demande a été mise de côté ; nous regardons." "This was set aside; we look at it.";
}

#[derive(Serialize)]
struct Body {
    r#type: String,
    title: &'static str,
    title_en: &'static str,
    status: u16,
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    refusal: Option<Rejection>,
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        self.answer(None)
    }
}

impl Problem {
    /// The answer to a refused command: with the shop's own refusal, whose data say why.
    pub fn of(refusal: Rejection) -> Response {
        let problem = match &refusal {
            Rejection::ShopUnknown
            | Rejection::OrderUnknown
            | Rejection::ClientUnknown
            | Rejection::StockUnknown
            | Rejection::ProductUnknown
            | Rejection::AttemptUnknown
            | Rejection::RefundUnknown => Self::NotFound,
            Rejection::RefundElsewhere => Self::RefundElsewhere,
            Rejection::NoRequest { .. } => Self::NoRequest,
            Rejection::OrderNotPaid { .. } => Self::OrderNotPaid,
            Rejection::OrderPaid { .. } => Self::OrderHandedOver,
            Rejection::OrderExpired { .. } | Rejection::OrderCancelled { .. } => Self::OrderOver,
            Rejection::StockProtected { .. } => Self::StockProtected,
            Rejection::OutOfBounds { .. } => Self::OutOfBounds,
            Rejection::LiveAlreadyOn => Self::LiveAlreadyOn,
            Rejection::NoLive => Self::NoLive,
            Rejection::ReopenTooLate { .. } => Self::ReopenTooLate,
            _ => Self::Refused,
        };
        problem.answer(Some(refusal))
    }

    fn answer(self, refusal: Option<Rejection>) -> Response {
        let (code, status, title, title_en) = self.row();
        let body = Body {
            r#type: format!("/problems/{code}"),
            title,
            title_en,
            status: status.as_u16(),
            code,
            refusal,
        };
        let mut response = (status, Json(body)).into_response();
        let headers = response.headers_mut();
        let json = HeaderValue::from_static("application/problem+json");
        headers.insert(header::CONTENT_TYPE, json);
        if status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
        }
        // One layer logs; the response only carries what it is.
        response.extensions_mut().insert(self);
        response
    }
}
