use std::{path::PathBuf, time::Duration};

use crate::{Browser, Media, Trouble};

/// A list of steps for a browser, one per line; empty lines and lines that start with `//` are passed over.
///
/// ```text
/// goto #/timeline            opens a page of the app
/// click TEXT                 clicks the button, link, tab or box that carries the text
/// type LABEL = VALUE         fills in the field with that label
/// press KEY                  Enter, Escape, Tab, Up, Down or a character
/// upload FILE                gives a file to the page's file input
/// wait TEXT                  waits until the page shows the text
/// gone TEXT                  waits until it no longer does
/// sleep MILLISECONDS
/// size WIDTH HEIGHT          sets the size of the page; below 700 a phone
/// dark, light                sets the preferred colours
/// media KIND                 print, forced (few colours, chosen by the person) or screen
/// reload
/// shot FILE.png              a picture of the whole page
/// view FILE.png              a picture of what the window shows
/// text                       prints what the page reads
/// js EXPRESSION              prints its value
/// axe                        prints what axe-core finds
/// console                    prints the console's errors
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Script(Vec<(usize, Step)>);

#[derive(Debug, Clone, PartialEq)]
enum Step {
    Goto(String),
    Click(String),
    Type { label: String, value: String },
    Press(String),
    Upload(PathBuf),
    Wait(String),
    Gone(String),
    Sleep(Duration),
    Size { width: u32, height: u32 },
    Dark(bool),
    Media(Media),
    Reload,
    Shot(PathBuf),
    View(PathBuf),
    Text,
    Evaluate(String),
    Axe,
    Console,
}

impl Script {
    /// Reads a script.
    ///
    /// # Errors
    /// A line is not a step.
    pub fn read(text: &str) -> Result<Self, Trouble> {
        let lines = text.lines().map(str::trim).enumerate();
        let steps = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with("//"));
        let steps = steps.map(|(at, line)| Ok((at + 1, step(line).map_err(|reason| script_error(at + 1, reason))?)));
        steps.collect::<Result<_, _>>().map(Self)
    }

    /// Takes all steps, telling each; `home` is the app's address.
    ///
    /// # Errors
    /// A step fails; its line is told.
    pub async fn run(&self, browser: &mut Browser, home: &str) -> Result<(), Trouble> {
        for (line, step) in &self.0 {
            println!("{line}: {step:?}");
            step.take(browser, home).await.map_err(|trouble| script_error(*line, trouble.to_string()))?;
        }
        Ok(())
    }
}

impl Step {
    async fn take(&self, browser: &mut Browser, home: &str) -> Result<(), Trouble> {
        match self {
            Self::Goto(page) if page.contains("://") => browser.open(page).await,
            Self::Goto(page) => browser.open(&format!("{home}{page}")).await,
            Self::Click(text) => browser.click(text).await,
            Self::Type { label, value } => browser.type_into(label, value).await,
            Self::Press(key) => browser.press(key).await,
            Self::Upload(file) => browser.upload(&[file]).await,
            Self::Wait(text) => browser.wait_for(text).await,
            Self::Gone(text) => browser.wait_gone(text).await,
            Self::Sleep(time) => {
                tokio::time::sleep(*time).await;
                Ok(())
            }
            Self::Size { width, height } => browser.emulate(*width, *height, browser.setup().dark).await,
            Self::Dark(dark) => browser.emulate(browser.setup().width, browser.setup().height, *dark).await,
            Self::Media(media) => browser.show_as(*media).await,
            Self::Reload => browser.reload().await,
            Self::Shot(file) => browser.picture_of_page(file).await,
            Self::View(file) => browser.picture_of_window(file).await,
            Self::Text => {
                println!("{}", browser.text().await?);
                Ok(())
            }
            Self::Evaluate(expression) => {
                println!("{}", browser.evaluate(&format!("return {expression}"), Vec::new()).await?);
                Ok(())
            }
            Self::Axe => {
                for violation in browser.accessibility().await? {
                    println!("{}: {}\n  {}", violation.rule, violation.help, violation.places.join("\n  "));
                }
                Ok(())
            }
            Self::Console => {
                println!("{}", browser.complaints().await?.join("\n"));
                Ok(())
            }
        }
    }
}

fn step(line: &str) -> Result<Step, String> {
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    let rest = rest.trim();
    let text = || if rest.is_empty() { Err(format!("{word} needs something after it")) } else { Ok(rest.to_owned()) };
    let number = |text: &str| text.trim().parse::<u32>().map_err(|_| format!("{text} is not a number"));
    Ok(match word {
        "goto" => Step::Goto(rest.to_owned()),
        "click" => Step::Click(text()?),
        "type" => {
            let (label, value) = rest.split_once('=').ok_or("type needs LABEL = VALUE")?;
            Step::Type { label: label.trim().to_owned(), value: value.trim().to_owned() }
        }
        "press" => Step::Press(text()?),
        "upload" => Step::Upload(text()?.into()),
        "wait" => Step::Wait(text()?),
        "gone" => Step::Gone(text()?),
        "sleep" => Step::Sleep(Duration::from_millis(number(rest)?.into())),
        "size" => {
            let (width, height) = rest.split_once(' ').ok_or("size needs WIDTH HEIGHT")?;
            Step::Size { width: number(width)?, height: number(height)? }
        }
        "dark" => Step::Dark(true),
        "light" => Step::Dark(false),
        "media" => Step::Media(match rest {
            "print" => Media::Print,
            "forced" => Media::ForcedColours,
            "screen" => Media::Screen,
            other => return Err(format!("there is no media {other}")),
        }),
        "reload" => Step::Reload,
        "shot" => Step::Shot(text()?.into()),
        "view" => Step::View(text()?.into()),
        "text" => Step::Text,
        "js" => Step::Evaluate(text()?),
        "axe" => Step::Axe,
        "console" => Step::Console,
        other => return Err(format!("there is no step {other}")),
    })
}

fn script_error(line: usize, reason: String) -> Trouble {
    Trouble::Script { line, reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_read_line_by_line() {
        let script = Script::read("goto #/x\n\n// a remark\ntype Your name = Ada = L\nsize 390 844\n").unwrap();
        let expected = vec![
            (1, Step::Goto("#/x".into())),
            (4, Step::Type { label: "Your name".into(), value: "Ada = L".into() }),
            (5, Step::Size { width: 390, height: 844 }),
        ];
        assert_eq!(script, Script(expected));
    }

    #[test]
    fn a_line_that_is_no_step_is_refused_with_its_number() {
        for (text, line) in [("goto\nfly", 2), ("click", 1), ("size 3", 1), ("sleep long", 1), ("type x", 1)] {
            match Script::read(text) {
                Err(Trouble::Script { line: told, .. }) => assert_eq!(told, line),
                other => panic!("{text} gave {other:?}"),
            }
        }
    }
}
