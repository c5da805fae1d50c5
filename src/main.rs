//! The `banshi` program. All input and output is in `cli`.

mod cli;

fn main() -> std::process::ExitCode {
    cli::run()
}
