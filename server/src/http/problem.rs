//! Every "no" over HTTP: RFC 9457 problem+json, French first and English beside it. One row per
//! problem, so that code, status and words cannot disagree.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
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
    /// Cannot be understood.
    Malformed "malformed" BAD_REQUEST
        "La demande est mal formée." "The request is malformed.";
    /// The rules say no.
    Refused "refused" CONFLICT
        "La boutique a refusé." "The shop refused.";
    /// Try again.
    Busy "busy" SERVICE_UNAVAILABLE
        "Trop de demandes : réessaie dans un instant." "Too busy: try again in a moment.";
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
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (code, status, title, title_en) = self.row();
        let body = Body {
            r#type: format!("/problems/{code}"),
            title,
            title_en,
            status: status.as_u16(),
            code,
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
