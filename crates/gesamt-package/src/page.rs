//! `index.html`: the package as one page that works from `file://` without a network.

use serde::Serialize;

/// What the page shows.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PageData {
    /// A title for people.
    pub title: String,
    /// What the user wrote.
    pub prompt: String,
    /// The seed.
    pub seed: u64,
    /// Short facts under the title: place, key, tempo …
    pub facts: Vec<[String; 2]>,
    /// The palette.
    pub palette: Vec<Swatch>,
    /// Path of the picture, when there is one.
    pub image: Option<String>,
    /// Path of the clip, when there is one.
    pub clip: Option<String>,
    /// Files for those who work on with the picture: what it is, path, and a line about it.
    pub grade: Vec<[String; 3]>,
    /// The mix first, then the stems.
    pub tracks: Vec<Track>,
    /// Paths of the adaptive layers, calm first; they sum to the mix.
    pub adaptive: Vec<String>,
    /// The assets.
    pub assets: Vec<AssetCard>,
    /// The surfaces that repeat.
    pub materials: Vec<MaterialCard>,
    /// The world as JSON text.
    pub world: String,
    /// Paths and sizes of all files.
    pub files: Vec<(String, u64)>,
    /// One line about where everything comes from.
    pub provenance: String,
}

/// A palette colour.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Swatch {
    /// The part it plays.
    pub role: String,
    /// `#rrggbb`.
    pub hex: String,
}

/// A sound file.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Track {
    /// Its name.
    pub name: String,
    /// Its path.
    pub path: String,
    /// Length in seconds.
    pub secs: f64,
    /// Peak levels over equal slices of time, 0–255.
    pub peaks: Vec<u8>,
}

/// An asset with its 3D view.
#[derive(Clone, Debug, Default, Serialize)]
pub struct AssetCard {
    /// Its name.
    pub name: String,
    /// A line of figures.
    pub figures: String,
    /// Path of the script that holds the mesh for the view.
    pub script: String,
    /// Links: label and path.
    pub links: Vec<[String; 2]>,
}

/// A surface that repeats.
#[derive(Clone, Debug, Default, Serialize)]
pub struct MaterialCard {
    /// Its name.
    pub name: String,
    /// A line of figures.
    pub figures: String,
    /// Path of its base colour.
    pub picture: String,
    /// Links: label and path.
    pub links: Vec<[String; 2]>,
}

/// The page as HTML. All text from outside goes through JSON and `textContent`, never into markup.
#[must_use]
pub fn render_page(data: &PageData) -> String {
    let json = serde_json::to_string(data).unwrap_or_else(|_| "{}".into());
    // Text must not open or close elements of the page.
    let json = json.replace('<', "\\u003c");
    include_str!("page.html").replace("\"__DATA__\"", &json).replace("/*__VIEWER__*/", include_str!("viewer.js"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prompt_with_markup_stays_text() {
        let page =
            render_page(&PageData { prompt: "</script><script>alert(1)</script>".into(), ..PageData::default() });
        assert!(!page.contains("<script>alert"));
        assert!(page.contains("\\u003c/script>"));
    }

    #[test]
    fn the_page_asks_nothing_of_the_network() {
        let page = render_page(&PageData::default());
        assert!(!page.contains("http://") && !page.contains("https://"), "no outside address");
        assert!(!page.contains("__DATA__") && !page.contains("__VIEWER__"));
    }
}
