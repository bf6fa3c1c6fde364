//! QR codes: what the QR worker is asked, and what comes back.

use chartchain_vault::protocol::Secret;
use qrcodegen::{QrCode, QrCodeEcc};
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop};

/// Pixels that a picture may have when it comes here; the window makes larger ones smaller.
pub const MAX_PIXELS: usize = 1600 * 1600;
/// Codes in one picture that are looked at.
const MAX_CODES: usize = 8;

/// What the QR worker is asked.
#[derive(Debug, Serialize, Deserialize)]
pub enum Ask {
    /// Draw a code.
    Draw(Secret),
    /// Draw one of a series, of which any may be missed: with smaller modules it is read from further away.
    DrawOfSeries(String),
    /// Read what codes stand in a picture.
    Read(Grey),
}

/// A picture in shades of grey. Wiped when dropped, because it may show words.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct Grey {
    /// Pixels in a row.
    pub width: u32,
    /// A byte for each pixel, row by row.
    pub pixels: Vec<u8>,
}

impl core::fmt::Debug for Grey {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Grey(…)")
    }
}

/// What the QR worker answers.
#[derive(Debug, Serialize, Deserialize)]
pub enum Answer {
    /// A code.
    Drawn(Drawn),
    /// The texts of all codes that were found.
    Read(Vec<Secret>),
    /// It cannot be drawn, or is no picture.
    Refused,
}

/// A code, module by module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawn {
    /// Modules on a side, without the quiet zone.
    pub size: u32,
    /// Rows of modules; true is dark.
    pub dark: Vec<bool>,
}

impl Ask {
    /// Does the work.
    #[must_use]
    pub fn carry_out(&self) -> Answer {
        match self {
            Self::Draw(text) => draw(&text.0, QrCodeEcc::Quartile).map_or(Answer::Refused, Answer::Drawn),
            Self::DrawOfSeries(text) => draw(text, QrCodeEcc::Low).map_or(Answer::Refused, Answer::Drawn),
            Self::Read(grey) => read(grey).map_or(Answer::Refused, Answer::Read),
        }
    }
}

/// With a quarter of it lost (a fourteenth at level Low), a code can still be read.
fn draw(text: &str, level: QrCodeEcc) -> Option<Drawn> {
    let code = QrCode::encode_text(text, level).ok()?;
    let side = 0..code.size();
    let dark =
        side.clone().flat_map(|y| side.clone().map(move |x| (x, y))).map(|(x, y)| code.get_module(x, y)).collect();
    Some(Drawn { size: u32::try_from(code.size()).ok()?, dark })
}

fn read(grey: &Grey) -> Option<Vec<Secret>> {
    let width = usize::try_from(grey.width).ok().filter(|width| *width > 0)?;
    let height = grey.pixels.len() / width;
    if height == 0 || width * height != grey.pixels.len() || grey.pixels.len() > MAX_PIXELS {
        return None;
    }
    let pixel = |x: usize, y: usize| grey.pixels.get(y * width + x).copied().unwrap_or(u8::MAX);
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(width, height, pixel);
    let codes = picture.detect_grids().into_iter().take(MAX_CODES);
    Some(codes.filter_map(|code| code.decode().ok()).map(|(_, text)| Secret(text)).collect())
}

impl Drawn {
    /// The dark modules as a path of an SVG in which a module is one unit, with a quiet zone of four around it.
    #[must_use]
    pub fn path(&self) -> String {
        let mut path = String::new();
        let width = usize::try_from(self.size).unwrap_or(1).max(1);
        for (y, row) in self.dark.chunks(width).enumerate() {
            let mut x = 0;
            for run in row.chunk_by(|one, next| one == next) {
                if run.first() == Some(&true) {
                    path.push_str(&format!("M{} {}h{}v1h-{}z", x + 4, y + 4, run.len(), run.len()));
                }
                x += run.len();
            }
        }
        path
    }

    /// Units on a side, quiet zone included.
    #[must_use]
    pub const fn side(&self) -> u32 {
        self.size + 8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "CHARTCHAIN-WORDS-0:5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A5AFFFFFFFF";

    /// A code with `scale` pixels to a module on white.
    fn picture(drawn: &Drawn, scale: usize) -> Grey {
        let side = drawn.side() as usize * scale;
        let pixel = |at: usize| {
            let (x, y) = ((at % side) / scale, (at / side) / scale);
            let inside = (4..drawn.size as usize + 4).contains(&x) && (4..drawn.size as usize + 4).contains(&y);
            if inside && drawn.dark[(y - 4) * drawn.size as usize + x - 4] { 20 } else { 235 }
        };
        Grey { width: u32::try_from(side).unwrap(), pixels: (0..side * side).map(pixel).collect() }
    }

    fn texts(answer: Answer) -> Vec<String> {
        let Answer::Read(texts) = answer else { panic!("{answer:?}") };
        texts.iter().map(|text| text.0.clone()).collect()
    }

    #[test]
    fn what_is_drawn_can_be_read() {
        let Answer::Drawn(drawn) = Ask::Draw(Secret(TEXT.into())).carry_out() else { panic!("not drawn") };
        assert_eq!(drawn.dark.len(), (drawn.size * drawn.size) as usize);
        assert!(drawn.path().starts_with("M4 4h7v1h-7z") && drawn.side() == drawn.size + 8);
        for scale in [3, 5] {
            assert_eq!(texts(Ask::Read(picture(&drawn, scale)).carry_out()), [TEXT]);
        }
    }

    #[test]
    fn a_code_with_a_blot_is_read_and_one_that_is_half_gone_is_not() {
        let Answer::Drawn(drawn) = Ask::Draw(Secret(TEXT.into())).carry_out() else { panic!("not drawn") };
        let mut blotted = picture(&drawn, 4);
        let width = blotted.width as usize;
        for at in 0..blotted.pixels.len() {
            if (90..120).contains(&(at % width)) && (90..120).contains(&(at / width)) {
                blotted.pixels[at] = 20;
            }
        }
        assert_eq!(texts(Ask::Read(blotted).carry_out()), [TEXT]);
        let mut half = picture(&drawn, 4);
        let middle = half.pixels.len() / 2;
        half.pixels[middle..].fill(235);
        assert!(texts(Ask::Read(half).carry_out()).is_empty());
    }

    #[test]
    fn pictures_of_nothing_of_no_size_and_of_too_much_are_answered() {
        let grey = |width, pixels| Ask::Read(Grey { width, pixels }).carry_out();
        assert!(texts(grey(100, vec![128; 10_000])).is_empty());
        assert!(texts(grey(1, vec![0; 1])).is_empty());
        // Stripes and noise look like the corners of thousands of codes.
        assert!(texts(grey(300, (0..90_000).map(|at| if at / 3 % 2 == 0 { 0 } else { 255 }).collect())).is_empty());
        let mut state = 1_u32;
        let mut noise = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        assert!(texts(grey(400, (0..160_000).map(|_| noise()).collect())).is_empty());
        for (width, pixels) in [(0, Vec::new()), (3, vec![0; 10]), (5000, vec![0; MAX_PIXELS + 5000])] {
            assert!(matches!(grey(width, pixels), Answer::Refused), "{width}");
        }
        assert!(matches!(Ask::Draw(Secret("x".repeat(10_000))).carry_out(), Answer::Refused));
    }
}
