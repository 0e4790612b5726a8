//! The signature as `inspect.signature` and `help()` show it: `(a, /, b=1, *args, c, d=None)`.

use super::signature::Signature;
use syn::ext::IdentExt;
use syn::{Expr, ExprUnary, Lit, UnOp};

pub fn signature(signature: &Signature) -> String {
    let mut parts = Vec::new();
    for (index, named) in signature.named.iter().enumerate() {
        if index == signature.positional {
            parts.extend(star(signature));
        }
        let name = named.ident.unraw();
        parts.push(match &named.default {
            Some(default) => format!("{name}={}", value(default).unwrap_or_else(|| "...".into())),
            None => name.to_string(),
        });
        if index + 1 == signature.positional_only {
            parts.push("/".into());
        }
    }
    if signature.named.len() == signature.positional {
        parts.extend(signature.rest.iter().map(|rest| format!("*{}", rest.unraw())));
    }
    parts.extend(signature.keywords.iter().map(|keywords| format!("**{}", keywords.unraw())));
    format!("({})", parts.join(", "))
}

/// What comes before the arguments that are given by keyword only.
fn star(signature: &Signature) -> Option<String> {
    let rest = signature.rest.as_ref().map(|rest| format!("*{}", rest.unraw()));
    Some(rest.unwrap_or_else(|| "*".into()))
}

/// A value as Python writes it, where that can be told from its expression.
fn value(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Lit(literal) => literal_value(&literal.lit),
        Expr::Group(group) => value(&group.expr),
        Expr::Paren(paren) => value(&paren.expr),
        Expr::Reference(reference) => value(&reference.expr),
        Expr::Unary(ExprUnary { op: UnOp::Neg(_), expr, .. }) => matches!(&**expr, Expr::Lit(_))
            .then(|| value(expr))
            .flatten()
            .map(|it| format!("-{it}")),
        Expr::Path(path) if path.path.is_ident("None") => Some("None".into()),
        Expr::Array(array) => Some(format!("[{}]", values(array.elems.iter())?)),
        Expr::Tuple(tuple) if tuple.elems.len() == 1 => {
            Some(format!("({},)", values(tuple.elems.iter())?))
        }
        Expr::Tuple(tuple) => Some(format!("({})", values(tuple.elems.iter())?)),
        Expr::MethodCall(call) if call.args.is_empty() => {
            const SAME: [&str; 4] = ["to_string", "to_owned", "into", "to_vec"];
            let same = SAME.iter().find(|name| call.method == name)?;
            // What a number is as a text is another value.
            value(&call.receiver).filter(|text| *same != "to_string" || text.starts_with('\''))
        }
        Expr::Call(call) => {
            let Expr::Path(function) = &*call.func else { return None };
            let mut path = function.path.segments.iter().map(|segment| segment.ident.to_string());
            let path = path.by_ref().collect::<Vec<_>>().join("::");
            match (path.as_str(), call.args.first()) {
                ("String::new", None) => Some("''".into()),
                ("Vec::new", None) => Some("[]".into()),
                ("Some" | "String::from", Some(of)) => value(of),
                _ => None,
            }
        }
        Expr::Macro(call) if call.mac.path.is_ident("vec") => {
            let parse = syn::punctuated::Punctuated::<Expr, syn::Token![,]>::parse_terminated;
            let items = call.mac.parse_body_with(parse).ok()?;
            Some(format!("[{}]", values(items.iter())?))
        }
        _ => None,
    }
}

fn values<'a>(items: impl Iterator<Item = &'a Expr>) -> Option<String> {
    Some(items.map(value).collect::<Option<Vec<_>>>()?.join(", "))
}

fn literal_value(literal: &Lit) -> Option<String> {
    match literal {
        Lit::Bool(value) => Some(if value.value { "True" } else { "False" }.into()),
        Lit::Int(value) => Some(value.base10_digits().to_owned()),
        Lit::Float(value) => Some(float(value.base10_digits())),
        Lit::Str(text) => Some(quoted(&text.value())),
        Lit::Char(text) => Some(quoted(&text.value().to_string())),
        Lit::ByteStr(bytes) => {
            let bytes = bytes.value().into_iter().map(|byte| match byte {
                b' '..=b'~' if byte != b'\'' && byte != b'\\' => char::from(byte).to_string(),
                _ => format!("\\x{byte:02x}"),
            });
            Some(format!("b'{}'", bytes.collect::<String>()))
        }
        _ => None,
    }
}

/// `1.` is a float in both languages, but Python shows `1.0`.
fn float(digits: &str) -> String {
    match digits.strip_suffix('.') {
        Some(whole) => format!("{whole}.0"),
        None if digits.contains(['.', 'e', 'E']) => digits.to_owned(),
        None => format!("{digits}.0"),
    }
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("'");
    for letter in text.chars() {
        match letter {
            '\'' | '\\' => quoted.extend(['\\', letter]),
            '\n' => quoted.push_str("\\n"),
            ' '..='~' => quoted.push(letter),
            _ if u32::from(letter) < 0x100 => {
                quoted.push_str(&format!("\\x{:02x}", u32::from(letter)))
            }
            _ => quoted.push_str(&format!("\\U{:08x}", u32::from(letter))),
        }
    }
    quoted.push('\'');
    quoted
}
