//! The `banshi` program. All input and output is in `cli`.

mod cli;
#[cfg(feature = "serve")]
mod serve;

#[cfg(target_os = "linux")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    cli::run()
}
