//! A small writer of SVG: a handful of shapes, coordinates to a tenth, text that cannot escape.

use std::fmt::Write as _;

/// A drawing that grows. Colours come from classes of the style sheet.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    body: String,
}

/// Where a text is held.
#[derive(Debug, Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Drawing {
    /// A rectangle; `told` appears when somebody points at it.
    pub(super) fn rect(&mut self, class: &str, (x, y, w, h): (f64, f64, f64, f64), told: &str) {
        let title = if told.is_empty() {
            String::new()
        } else {
            format!("<title>{}</title>", escape(told))
        };
        self.put(&format!(
            "<rect class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{w:.1}\" \
             height=\"{h:.1}\">{title}</rect>"
        ));
    }

    /// A straight line.
    pub(super) fn line(&mut self, class: &str, (x, y): (f64, f64), (to_x, to_y): (f64, f64)) {
        self.put(&format!(
            "<line class=\"{class}\" x1=\"{x:.1}\" y1=\"{y:.1}\" x2=\"{to_x:.1}\" \
             y2=\"{to_y:.1}\"/>"
        ));
    }

    /// A line through points.
    pub(super) fn through(&mut self, class: &str, points: &[(f64, f64)]) {
        let points: Vec<String> = points
            .iter()
            .map(|(x, y)| format!("{x:.1},{y:.1}"))
            .collect();
        let points = points.join(" ");
        self.put(&format!(
            "<polyline class=\"{class}\" points=\"{points}\"/>"
        ));
    }

    /// A dot.
    pub(super) fn dot(&mut self, class: &str, (x, y): (f64, f64)) {
        self.put(&format!(
            "<circle class=\"{class}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"2.4\"/>"
        ));
    }

    /// Words.
    pub(super) fn text(&mut self, class: &str, anchor: Anchor, (x, y): (f64, f64), words: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        self.put(&format!(
            "<text class=\"{class}\" text-anchor=\"{anchor}\" x=\"{x:.1}\" y=\"{y:.1}\">{}</text>",
            escape(words)
        ));
    }

    fn put(&mut self, element: &str) {
        self.body.push_str(element);
        self.body.push('\n');
    }

    /// The whole document.
    pub(super) fn done(self, (width, height): (f64, f64), title: &str, style: &str) -> String {
        let mut out = String::new();
        let title = escape(title);
        // Writing into a String cannot fail.
        let _written = write!(
            out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" \
             role=\"img\" aria-label=\"{title}\">\n<title>{title}</title>\n\
             <style>{style}</style>\n{}</svg>\n",
            self.body
        );
        out
    }
}

/// Text without markup.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Anchor, Drawing};

    #[test]
    fn shapes_are_written_with_a_tenth_and_words_without_markup() {
        let mut drawing = Drawing::default();
        drawing.rect("bar", (1.0, 2.25, 3.0, 4.0), "a < b");
        drawing.through("line", &[(0.0, 1.0), (2.0, 3.05)]);
        drawing.text("label", Anchor::End, (5.0, 6.0), "<script>&\"");
        let svg = drawing.done((10.0, 20.0), "t", "");
        assert!(
            svg.contains("y=\"2.2\"") && svg.contains("<title>a &lt; b</title>"),
            "{svg}"
        );
        assert!(svg.contains("points=\"0.0,1.0 2.0,3.0\""), "{svg}");
        assert!(
            svg.contains("&lt;script&gt;&amp;&quot;") && !svg.contains("<script"),
            "{svg}"
        );
        assert!(svg.starts_with("<svg xmlns=") && svg.ends_with("</svg>\n"));
    }
}
