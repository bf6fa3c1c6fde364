//! QR codes in pictures and before the camera. Pictures stay on this device, and are read in a worker of their own.

use core::cell::RefCell;
use std::rc::Rc;

use chartchain_vault::protocol::Secret;
use futures_channel::oneshot;
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlVideoElement, ImageBitmap, MediaStream,
    MediaStreamConstraints, MediaStreamTrack,
};

use super::browser;
use super::wire::{Heard, Running};
use crate::qr::{Answer, Ask, Drawn, Grey};
use crate::view::picture;

/// A worker that is not done by then is ended.
const PATIENCE_MS: u32 = 15_000;
/// Longest file that is looked at.
const MAX_FILE_BYTES: u64 = 32 * 1024 * 1024;
/// Where a picture says how large it is.
const HEAD_BYTES: u64 = 512 * 1024;
/// Largest picture that is unfolded, in pixels.
const MAX_PIXELS: u64 = 64_000_000;
/// Sides to which pictures are made smaller, in the order in which they are tried.
const SIDES: [u32; 2] = [1600, 800];

/// Why a picture gave no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureFault {
    /// Too large, as a file or when unfolded.
    TooLarge,
    /// No picture that this browser can show.
    NoPicture,
    /// There is no code in it that can be read.
    NoCode,
}

/// Draws a code.
pub async fn draw(text: Secret) -> Option<Drawn> {
    match Worker::start().ask(&Ask::Draw(text)).await {
        Some(Answer::Drawn(drawn)) => Some(drawn),
        _ => None,
    }
}

/// The first text among the codes of a picture file that `fits`, else any.
///
/// # Errors
/// Why there is none.
pub async fn read_picture(file: &Blob) -> Result<Secret, PictureFault> {
    let size = browser::blob_size(file);
    if size > MAX_FILE_BYTES {
        return Err(PictureFault::TooLarge);
    }
    let head = browser::blob_part(file, 0, size.min(HEAD_BYTES)).await.ok_or(PictureFault::NoPicture)?;
    let (width, height) = picture::size(&head).ok_or(PictureFault::NoPicture)?;
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(PictureFault::TooLarge);
    }
    let bitmap = unfold(file).await.ok_or(PictureFault::NoPicture)?;
    let worker = Worker::start();
    for side in SIDES {
        let source = Source::Bitmap(&bitmap);
        let grey = grey(&source, (bitmap.width(), bitmap.height()), side).ok_or(PictureFault::NoPicture)?;
        if let Some(text) = worker.read(grey).await {
            return Ok(text);
        }
    }
    Err(PictureFault::NoCode)
}

async fn unfold(file: &Blob) -> Option<ImageBitmap> {
    let promise = web_sys::window()?.create_image_bitmap_with_blob(file).ok()?;
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

/// Whoever waits for an answer.
type Waiting = Rc<RefCell<Option<oneshot::Sender<Option<Answer>>>>>;

/// A worker that reads and draws, one thing at a time. Dropped, it is ended.
#[derive(Debug)]
pub struct Worker {
    running: Running,
    waiting: Waiting,
}

impl Worker {
    /// Starts one.
    #[must_use]
    pub fn start() -> Self {
        let waiting = Waiting::default();
        let answer = Rc::clone(&waiting);
        let running = Running::start("worker-qr.js", move |heard| {
            let answered = match heard {
                Heard::Message(message) => Some(message),
                Heard::Failed(failure) => {
                    failure.settle();
                    None
                }
            };
            if let Some(sender) = answer.borrow_mut().take() {
                // Nobody waits any more where the page was left.
                let _ = sender.send(answered);
            }
        });
        Self { running, waiting }
    }

    /// `None` if it failed or took too long.
    async fn ask(&self, question: &Ask) -> Option<Answer> {
        let (sender, receiver) = oneshot::channel();
        *self.waiting.borrow_mut() = Some(sender);
        let late = {
            let waiting = Rc::clone(&self.waiting);
            Timeout::new(PATIENCE_MS, move || drop(waiting.borrow_mut().take()))
        };
        self.running.send(question);
        let answer = receiver.await.ok().flatten();
        drop(late);
        answer
    }

    /// Draws a code of a series.
    pub async fn draw_of_series(&self, text: String) -> Option<Drawn> {
        match self.ask(&Ask::DrawOfSeries(text)).await {
            Some(Answer::Drawn(drawn)) => Some(drawn),
            _ => None,
        }
    }

    async fn read(&self, grey: Grey) -> Option<Secret> {
        match self.ask(&Ask::Read(grey)).await {
            Some(Answer::Read(texts)) => texts.into_iter().next(),
            _ => None,
        }
    }
}

enum Source<'a> {
    Bitmap(&'a ImageBitmap),
    Video(&'a HtmlVideoElement),
}

/// A picture in shades of grey, with sides of at most `most`.
fn grey(source: &Source<'_>, (width, height): (u32, u32), most: u32) -> Option<Grey> {
    let longest = width.max(height);
    if width == 0 || height == 0 {
        return None;
    }
    let shrunk = |side: u32| {
        let smaller = u64::from(side) * u64::from(most) / u64::from(longest.max(most));
        u32::try_from(smaller).unwrap_or(most).max(1)
    };
    let (width, height) = (shrunk(width), shrunk(height));
    let canvas: HtmlCanvasElement = web_sys::window()?.document()?.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(width);
    canvas.set_height(height);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    let (w, h) = (f64::from(width), f64::from(height));
    match source {
        Source::Bitmap(bitmap) => {
            // What shines through shall be white, as paper is.
            context.set_fill_style_str("#fff");
            context.fill_rect(0.0, 0.0, w, h);
            context.draw_image_with_image_bitmap_and_dw_and_dh(bitmap, 0.0, 0.0, w, h).ok()?;
        }
        Source::Video(video) => context.draw_image_with_html_video_element_and_dw_and_dh(video, 0.0, 0.0, w, h).ok()?,
    }
    let data = context.get_image_data(0.0, 0.0, w, h).ok()?.data();
    // The luma of ITU-R BT.601, in 256ths.
    let luma = |pixel: &[u8; 4]| {
        let [red, green, blue, _] = pixel.map(u32::from);
        u8::try_from((red * 77 + green * 150 + blue * 29) >> 8).unwrap_or(u8::MAX)
    };
    let (pixels, _) = data.0.as_chunks::<4>();
    Some(Grey { width, pixels: pixels.iter().map(luma).collect() })
}

/// Whether there may be a camera.
#[must_use]
pub fn has_camera() -> bool {
    let devices = web_sys::window().map(|window| window.navigator().media_devices());
    matches!(devices, Some(Ok(devices)) if !devices.is_undefined())
}

/// A running camera; dropped, it is off.
#[derive(Debug)]
pub struct Camera {
    stream: MediaStream,
    worker: Worker,
}

impl Camera {
    /// Asks the person for their camera and shows what it sees; `None` if there is none, or they do not want to.
    pub async fn start(video: &HtmlVideoElement) -> Option<Self> {
        let constraints = MediaStreamConstraints::new();
        let facing = js_sys::Object::new();
        js_sys::Reflect::set(&facing, &"facingMode".into(), &"environment".into()).ok()?;
        constraints.set_video(&facing);
        let devices = web_sys::window()?.navigator().media_devices().ok()?;
        let promise = devices.get_user_media_with_constraints(&constraints).ok()?;
        let stream: MediaStream = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
        let camera = Self { stream, worker: Worker::start() };
        video.set_src_object(Some(&camera.stream));
        video.set_muted(true);
        // A video that does not play is one without pictures, which shows.
        let _ = JsFuture::from(video.play().ok()?).await;
        Some(camera)
    }

    /// The text of a code that it sees at this moment.
    pub async fn look(&self, video: &HtmlVideoElement) -> Option<Secret> {
        let size = (video.video_width(), video.video_height());
        self.worker.read(grey(&Source::Video(video), size, SIDES[1])?).await
    }
}

impl Drop for Camera {
    fn drop(&mut self) {
        for track in self.stream.get_tracks().iter() {
            if let Ok(track) = track.dyn_into::<MediaStreamTrack>() {
                track.stop();
            }
        }
    }
}
