//! Accounts as their owners see them: signing up and in, the profile, sessions, addresses.

mod address;
mod credentials;
mod export;
mod profile;
mod session;

pub use address::{Address, AddressChange, NewAddress};
pub use credentials::{
    ChangePasswordRequest, EraseRequest, ForgotPasswordRequest, LoginRequest, RegisterRequest,
    ResetPasswordRequest, SignedIn, VerifyEmailRequest,
};
pub use export::{AccountExport, ExportedLine, ExportedOrder};
pub use profile::{ProfileChange, User, UserRole};
pub use session::Session;
