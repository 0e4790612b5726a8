//! The numbers of an enum's variants, for `#[py(int)]`.

use crate::ast::{Container, Data, Variant};
use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote_spanned};

/// The variant's discriminant, as a constant `i128`.
///
/// ```text
/// Color::Red as i128
/// ```
///
/// Where another variant has a field, which forbids the cast, it is computed as Rust does:
///
/// ```text
/// { const NUMBER: u8 = 3; NUMBER as i128 + 1 }
/// ```
pub fn of(variant: &Variant, container: &Container) -> TokenStream {
    let span = Span::mixed_site();
    let (ident, name) = (&container.ident, variant.ident);
    let Data::Enum(data) = &container.data else { return TokenStream::new() };
    if data.variants.iter().all(Variant::is_unit) {
        return quote_spanned!(span=> (#ident::#name as i128));
    }
    let repr = container.repr.as_ref().map(ToTokens::to_token_stream);
    let repr = repr.unwrap_or_else(|| quote_spanned!(span=> isize));
    match variant.after {
        Some((first, later)) => {
            let later = later as i128;
            quote_spanned!(span=> { const NUMBER: #repr = #first; NUMBER as i128 + #later })
        }
        None => {
            let position = variant.position as i128;
            quote_spanned!(span=> #position)
        }
    }
}
