//! The shop in a real browser, through WebDriver.

fn main() {}
