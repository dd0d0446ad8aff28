//! Scenes: the sums.
