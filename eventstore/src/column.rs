//! One column of rows on their way to `unnest`.

/// All values of one column, in row order.
pub(crate) fn column<T>(values: impl IntoIterator<Item = T>) -> Vec<T> {
    values.into_iter().collect()
}
