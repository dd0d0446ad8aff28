//! Units that are free go to those who wait.

use crate::order::choice;
use crate::story::Story;

/// Offers what is free to those who wait, in their order.
pub(crate) fn fan_out(story: &mut Story<'_>) {
    choice::serve(story);
}
