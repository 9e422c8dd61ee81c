//! Accounts: nobody gets in where they do not belong, and everybody gets in where they do.

mod signing_in;
