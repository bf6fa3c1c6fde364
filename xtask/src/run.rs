//! `cargo xtask run`: set up, build, serve.

use std::{path::PathBuf, time::Instant};

use chartchain_relay::{Config, Files, Mail, Relay, Server};

use crate::{
    app::{self, Wanted},
    arguments::Arguments,
    failure::Failure,
    place,
    stage::Stages,
};

/// Builds the app and, unless told otherwise, serves it until it is stopped.
pub(crate) fn run(mut arguments: Arguments) -> Result<(), Failure> {
    let start = Instant::now();
    let release = arguments.flag("--release");
    let kept = arguments.flag("--offline") || release;
    let serves = !arguments.flag("--no-serve");
    let port = arguments.value("--port")?.unwrap_or(8080);
    let dist = arguments.value::<PathBuf>("--dist")?.unwrap_or_else(place::dist);
    arguments.end()?;
    app::build(&Wanted { release, kept, dist: dist.clone() }, &mut Stages::default())?;
    println!("built in {:.1} s: {}", start.elapsed().as_secs_f32(), dist.display());
    if serves { serve(dist, port) } else { Ok(()) }
}

/// Finishes the folder that Trunk names.
pub(crate) fn finish(arguments: Arguments) -> Result<(), Failure> {
    arguments.end()?;
    let staging = std::env::var_os("TRUNK_STAGING_DIR")
        .ok_or_else(|| Failure::Usage("cargo xtask finish is called by trunk, which sets TRUNK_STAGING_DIR".into()))?;
    let kept = std::env::var_os("TRUNK_PROFILE").is_some_and(|profile| profile == "release");
    app::finish(&PathBuf::from(staging), kept)
}

fn serve(dist: PathBuf, port: u16) -> Result<(), Failure> {
    let failed = |source| Failure::Files { doing: format!("serve on port {port} (try --port {})", port + 1), source };
    let mail = Mail::new(place::target()?.join("mail"));
    let relay = Relay { mail: Some(mail), metrics: true, ..Relay::default() };
    let config = Config::on_loopback(port).with_files(Files::new(dist, "/")).with_relay(relay);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
    runtime.block_on(async {
        let server = Server::with(config).await.map_err(failed)?;
        let address = server.address().map_err(failed)?;
        println!("\nChartchain is at http://{address}/ and devices meet there (stop with Ctrl-C)");
        server.run().await.map_err(failed)
    })
}
