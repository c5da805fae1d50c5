//! How the server starts and ends.

use std::process::Command;

use super::program;
use super::server::Server;

#[test]
fn the_page_ends_the_server() {
    let mut server = Server::start();
    assert_eq!(server.ask("POST", "api/quit", b"").status, 200);
    assert!(server.child.wait().expect("ends").success());
}

#[test]
fn a_taken_port_is_an_error() {
    let server = Server::start();
    let output = Command::new(env!("CARGO_BIN_EXE_banshi"))
        .args(["serve", "--no-open", "--port", &server.port.to_string()])
        .output()
        .expect("runs");
    program::refused(&output, 1, &format!("127.0.0.1:{}: the port is taken;", server.port));
}

/// Ctrl-C, and what started this from a desktop, as Linux has them.
#[cfg(target_os = "linux")]
mod desktop {
    use std::fs::{self, File};
    use std::os::unix::fs::PermissionsExt as _;
    use std::path::Path;
    use std::process::{Child, Stdio};
    use std::time::{Duration, Instant};

    use super::*;

    /// What becomes of the program, which must end in time.
    fn ended(child: &mut Child) -> std::process::ExitStatus {
        let start = Instant::now();
        loop {
            if let Some(status) = child.try_wait().expect("waited for") {
                return status;
            }
            if start.elapsed() > Duration::from_secs(30) {
                let _ = child.kill();
                panic!("goes on");
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    #[test]
    fn ctrl_c_ends_it_with_its_exit_code() {
        for signal in ["INT", "TERM"] {
            let mut server = Server::start();
            assert_eq!(server.get("api/setup").status, 200);
            let id = server.child.id().to_string();
            assert!(Command::new("kill").args(["-s", signal, &id]).status().expect("sent").success());
            assert_eq!(ended(&mut server.child).code(), Some(130), "{signal}");
        }
    }

    /// A program in `folder`.
    fn program(folder: &Path, name: &str, text: &str) {
        let path = folder.join(name);
        fs::write(&path, format!("#!/bin/sh\n{text}\n")).expect("written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("set");
    }

    /// A browser: writes its argument into a file beside it, and does not come back at once.
    fn browser(folder: &Path, name: &str) {
        let opened = folder.join("opened");
        let opened = opened.display();
        let text = format!(
            "printf %s \"$1\" > '{opened}.new'; /bin/mv '{opened}.new' '{opened}'; exec /bin/sleep 3"
        );
        program(folder, name, &text);
    }

    /// The program as a desktop starts it: no terminal, no pipes, what it says goes into a file.
    fn from_desktop(folder: &Path) -> Command {
        let log = File::create(folder.join("session-errors")).expect("a log");
        let mut command = Command::new("/usr/bin/setsid");
        command.arg(env!("CARGO_BIN_EXE_banshi")).current_dir(folder).env_clear();
        command.env("DISPLAY", ":0").env("HOME", folder).env("PATH", folder);
        command.stdin(Stdio::null()).stdout(log.try_clone().expect("a log")).stderr(log);
        command
    }

    fn opened(folder: &Path) -> String {
        let start = Instant::now();
        loop {
            if let Ok(address) = fs::read_to_string(folder.join("opened")) {
                return address;
            }
            let log = || fs::read_to_string(folder.join("session-errors"));
            assert!(start.elapsed() < Duration::from_secs(30), "{:?}", log());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    #[test]
    fn a_double_click_opens_the_page_in_the_browser() {
        for name in ["xdg-open", "x-www-browser", "by-variable", "by-entry"] {
            let folder = tempfile::tempdir().expect("a folder");
            browser(folder.path(), name);
            let mut command = from_desktop(folder.path());
            if name == "by-variable" {
                command.env("BROWSER", folder.path().join(name));
            }
            if name == "by-entry" {
                // The default browser as desktops keep it.
                program(folder.path(), "xdg-settings", "echo own.desktop");
                let entries = folder.path().join("share/applications");
                fs::create_dir_all(&entries).expect("a folder");
                let exec = folder.path().join(name);
                let entry =
                    format!("[Desktop Entry]\nType=Application\nName=Own\nExec={} %u\n", exec.display());
                fs::write(entries.join("own.desktop"), entry).expect("written");
                command.env("XDG_DATA_HOME", folder.path().join("share"));
            }
            let child = command.spawn().expect("starts");
            let mut server = Server::at(child, &opened(folder.path()));
            // Also while the browser has not come back.
            assert_eq!(server.get("").status, 200);
            assert_eq!(server.ask("POST", "api/quit", b"").status, 200);
            assert_eq!(ended(&mut server.child).code(), Some(0));
        }
    }

    #[test]
    fn a_desktop_without_a_browser_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut child = from_desktop(folder.path()).spawn().expect("starts");
        let status = ended(&mut child);
        let log = fs::read_to_string(folder.path().join("session-errors")).expect("a log");
        assert_eq!(status.code(), Some(1), "{log}");
        assert!(log.contains("no browser was found"), "{log}");
    }

    #[test]
    fn scripts_and_cron_start_no_server() {
        let folder = tempfile::tempdir().expect("a folder");
        browser(folder.path(), "xdg-open");
        let usage = |command: &mut Command, how: &str| {
            let mut child = command.spawn().expect("starts");
            // Nothing is written into what is piped to it.
            drop(child.stdin.take());
            assert_eq!(ended(&mut child).code(), Some(2), "{how}");
        };
        usage(from_desktop(folder.path()).env_remove("DISPLAY"), "cron has no display");
        usage(from_desktop(folder.path()).stdin(Stdio::piped()), "something is piped to it");
        usage(from_desktop(folder.path()).stdout(Stdio::piped()), "its output is piped");
        usage(from_desktop(folder.path()).stderr(Stdio::piped()), "its messages are piped");
        let text = File::open(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")).expect("a file");
        usage(from_desktop(folder.path()).stdin(text), "it is given a file");
        assert!(!folder.path().join("opened").exists());
    }
}
