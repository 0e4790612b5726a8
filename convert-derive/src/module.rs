//! `#[pymodule]`: a module that Python imports, from a Rust module or from a function that fills
//! it.

use crate::attr::{ModuleAttributes, documentation, is_ours};
use crate::function::is_python;
use crate::valid::Mistakes;
use proc_macro2::{Ident, Literal, Span, TokenStream, TokenTree};
use quote::{format_ident, quote, quote_spanned};
use std::ffi::CString;
use syn::ext::IdentExt;
use syn::{Attribute, FnArg, Item, ItemFn, ItemMod, ItemUse, Type, UseTree, parse_quote};

pub fn expand(own: TokenStream, item: Item) -> TokenStream {
    match item {
        Item::Mod(item) => of_module(own, item),
        Item::Fn(item) => of_function(own, item),
        other => {
            let mut mistakes = Mistakes::default();
            mistakes.add(
                &other,
                "a Python module is a `mod` with its functions inside, or a function that fills it",
            );
            let mistakes = mistakes
                .finish()
                .map_or_else(|mistakes| mistakes.into_compile_error(), |()| TokenStream::new());
            quote!(#mistakes #other)
        }
    }
}

/// What is emitted for a module, wherever its parts come to stand.
struct Module {
    attributes: ModuleAttributes,
    core: TokenStream,
    ident: Ident,
    doc: TokenStream,
}

impl Module {
    fn new(
        own: TokenStream,
        ident: &Ident,
        attributes: &[Attribute],
        mistakes: &mut Mistakes,
    ) -> Self {
        let doc = documentation(attributes);
        let attributes = ModuleAttributes::new(own, attributes, mistakes);
        let core = attributes.core();
        let module = Module { attributes, core, ident: ident.clone(), doc };
        let name = module.name();
        let is_name = |text: &str| {
            let mut letters = text.chars();
            letters.next().is_some_and(|first| first.is_alphabetic() || first == '_')
                && letters.all(|letter| letter.is_alphanumeric() || letter == '_')
        };
        if let (Some(word), false) = (&module.attributes.name, is_name(&name) && name.is_ascii()) {
            mistakes.add(&word.value, "Python finds the module by this name; write an ASCII identifier, without the package");
        }
        module
    }

    fn name(&self) -> String {
        let name = self.attributes.name.as_ref().map(|word| word.value.value());
        name.unwrap_or_else(|| self.ident.unraw().to_string())
    }

    // pub struct __Module;
    // pub fn __add_to(parent: &Bound<'_, PyModule>) -> PyResult<()> { add_submodule::<__Module>(parent) }
    // pub static __DEFINITION: ModuleDef = ModuleDef::new::<__Module>();
    // #[unsafe(no_mangle)] pub extern "C" fn PyInit_shop() -> *mut RawObject { init::<__Module>() }
    /// What stands inside of a `mod` of the module's name, beside what the user has there.
    fn inside(&self) -> TokenStream {
        let (core, span) = (&self.core, Span::mixed_site());
        let marker = marker();
        // At the call site: what other crates may not have, an exported symbol, is the macro's own.
        let init = format_ident!("PyInit_{}", self.name(), span = Span::call_site());
        let init = self.attributes.submodule.is_none().then(|| {
            quote_spanned! {Span::call_site()=>
                #[doc(hidden)]
                #[allow(non_snake_case)]
                #[unsafe(no_mangle)]
                pub extern "C" fn #init() -> *mut #core::__private::RawObject {
                    #core::__private::init::<#marker>()
                }
            }
        });
        quote_spanned! {span=>
            #[doc(hidden)]
            pub struct #marker;

            #[doc(hidden)]
            pub static __DEFINITION: #core::__private::ModuleDef =
                #core::__private::ModuleDef::new::<#marker>();

            #[doc(hidden)]
            pub fn __add_to(
                parent: &#core::Bound<'_, #core::types::PyModule>,
            ) -> #core::PyResult<()> {
                #core::__private::add_submodule::<#marker>(parent)
            }

            #init
        }
    }

    // impl NativeModule for __Module { …; fn fill(module: &Bound<'_, PyModule>) -> PyResult<()> { … } }
    /// The impl for the type at `path`, with what fills a `module`.
    fn implementation(&self, path: &TokenStream, fill: &TokenStream) -> TokenStream {
        let (core, span, doc) = (&self.core, Span::mixed_site(), &self.doc);
        let name = Literal::c_string(&CString::new(self.name()).unwrap_or_default());
        let marker = marker();
        let gil_used = self.attributes.gil_used.as_ref().is_none_or(|word| word.value);
        quote_spanned! {span=>
            #[automatically_derived]
            impl #core::__private::NativeModule for #path #marker {
                const NAME: &'static ::std::ffi::CStr = #name;
                const DOC: &'static ::std::ffi::CStr =
                    #core::__private::text(::core::concat!(#doc "\0"));
                const GIL_USED: bool = #gil_used;

                fn definition() -> &'static #core::__private::ModuleDef {
                    &#path __DEFINITION
                }

                fn fill(module: &#core::Bound<'_, #core::types::PyModule>) -> #core::PyResult<()> {
                    let _ = module;
                    #fill
                }
            }
        }
    }
}

fn marker() -> Ident {
    Ident::new("__Module", Span::mixed_site())
}

// mod shop {
//     …what was there, and…
//     impl NativeModule for __Module {
//         …
//         fn fill(module: &Bound<'_, PyModule>) -> PyResult<()> {
//             price::__add_to(module)?;
//             add_constant(module, "LIMIT", LIMIT)?;
//             initialize(|| init(module), module.py())
//         }
//     }
// }
fn of_module(own: TokenStream, mut item: ItemMod) -> TokenStream {
    let mut mistakes = Mistakes::default();
    let module = Module::new(own, &item.ident, &item.attrs, &mut mistakes);
    item.attrs.retain(|attribute| !is_ours(attribute));
    let Some((_, items)) = &mut item.content else {
        mistakes.add(
            &item,
            "write what is in the module here, between braces: a macro cannot see another file",
        );
        let mistakes = mistakes
            .finish()
            .map_or_else(|mistakes| mistakes.into_compile_error(), |()| TokenStream::new());
        return quote!(#mistakes #item);
    };
    let fill = fill(&module.core, items, &mut mistakes);
    if let Err(mistakes) = mistakes.finish() {
        let mistakes = mistakes.into_compile_error();
        return quote!(#mistakes #item);
    }
    let path = TokenStream::new();
    let implementation = module.implementation(&path, &fill);
    items.push(Item::Verbatim(module.inside()));
    items.push(Item::Verbatim(implementation));
    quote!(#item)
}

/// What puts the items of a Rust module into the Python module; their own attributes are taken
/// away.
fn fill(core: &TokenStream, items: &mut [Item], mistakes: &mut Mistakes) -> TokenStream {
    let span = Span::mixed_site();
    let mut adds = TokenStream::new();
    let mut init: Option<Ident> = None;
    for item in items {
        refuse_hidden(item, mistakes);
        match item {
            Item::Fn(item) if has(&item.attrs, "pyfunction") => {
                let (ident, conditions) = (&item.sig.ident, conditions(&item.attrs));
                adds.extend(quote_spanned!(span=> #(#conditions)* #ident::__add_to(module)?;));
            }
            Item::Fn(item) if has(&item.attrs, "pymodule_init") => {
                take(&mut item.attrs, "pymodule_init");
                if init.is_some() {
                    mistakes.add(
                        &item.sig.ident,
                        "there is a `#[pymodule_init]` already; make one of them",
                    );
                }
                init = Some(item.sig.ident.clone());
            }
            Item::Mod(item) if has(&item.attrs, "pymodule") => {
                as_submodule(&mut item.attrs);
                let (ident, conditions) = (&item.ident, conditions(&item.attrs));
                adds.extend(quote_spanned!(span=> #(#conditions)* #ident::__add_to(module)?;));
            }
            Item::Const(item) => {
                let exported = take(&mut item.attrs, "pymodule_export");
                let private = item.ident.to_string().starts_with('_');
                if private && !exported {
                    continue;
                }
                let (ident, conditions) = (&item.ident, conditions(&item.attrs));
                let name = ident.unraw().to_string();
                let at = crate::shared::at(&item.ty);
                adds.extend(quote_spanned! {at=>
                    #(#conditions)* #core::__private::add_constant(module, #name, #ident)?;
                });
            }
            Item::Use(item) if has(&item.attrs, "pymodule_export") => {
                take(&mut item.attrs, "pymodule_export");
                export(item, &mut adds, mistakes);
            }
            _ => {}
        }
    }
    let finish = match init {
        None => quote_spanned!(span=> ::core::result::Result::Ok(())),
        Some(init) => quote_spanned! {span=>
            #core::__private::initialize(|| #init(module), module.py())
        },
    };
    quote_spanned!(span=> #adds #finish)
}

/// A macro in a `cfg_attr` is not there yet when this one looks, so what it is on would be missing.
fn refuse_hidden(item: &Item, mistakes: &mut Mistakes) {
    const OURS: [&str; 4] = ["pyfunction", "pymodule", "pymodule_init", "pymodule_export"];
    let attributes = match item {
        Item::Fn(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Const(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => return,
    };
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("cfg_attr")) {
        let mut words = own_words(attribute).into_iter();
        if words.any(
            |word| matches!(word, TokenTree::Ident(word) if OURS.iter().any(|our| word == our)),
        ) {
            mistakes.add(attribute, "`#[pymodule]` cannot look into a `cfg_attr`; write the attribute itself, and `#[cfg(…)]` for the whole item");
        }
    }
}

/// Adds what a `use` names.
fn export(item: &ItemUse, adds: &mut TokenStream, mistakes: &mut Mistakes) {
    let conditions = conditions(&item.attrs);
    let mut names = Vec::new();
    named(&item.tree, &mut names, mistakes);
    for name in names {
        adds.extend(quote_spanned!(Span::mixed_site()=> #(#conditions)* #name::__add_to(module)?;));
    }
}

fn named(tree: &UseTree, names: &mut Vec<Ident>, mistakes: &mut Mistakes) {
    match tree {
        UseTree::Path(path) => named(&path.tree, names, mistakes),
        UseTree::Name(name) => names.push(name.ident.clone()),
        UseTree::Rename(rename) => mistakes
            .add(rename, "give it its Python name where it is defined: `#[py(name = \"…\")]`"),
        UseTree::Glob(glob) => mistakes.add(glob, "name each item to be exported"),
        UseTree::Group(group) => {
            for tree in &group.items {
                named(tree, names, mistakes);
            }
        }
    }
}

/// Makes `#[pymodule]` say that the module is inside of another one, which exports no symbol.
fn as_submodule(attributes: &mut Vec<Attribute>) {
    for attribute in attributes.iter().filter(|attribute| is(attribute, "pymodule")) {
        let mut mistakes = Mistakes::default();
        let own = own_words(attribute);
        if ModuleAttributes::new(own, &[], &mut mistakes).submodule.is_some() {
            return;
        }
    }
    attributes.push(parse_quote!(#[py(submodule)]));
}

fn own_words(attribute: &Attribute) -> TokenStream {
    match &attribute.meta {
        syn::Meta::List(list) => list.tokens.clone(),
        _ => TokenStream::new(),
    }
}

/// Whether an attribute is the macro of that name, by whatever path.
fn is(attribute: &Attribute, name: &str) -> bool {
    attribute.path().segments.last().is_some_and(|last| last.ident == name)
}

fn has(attributes: &[Attribute], name: &str) -> bool {
    attributes.iter().any(|attribute| is(attribute, name))
}

/// Whether it was there; it is then taken away.
fn take(attributes: &mut Vec<Attribute>, name: &str) -> bool {
    let found = has(attributes, name);
    attributes.retain(|attribute| !is(attribute, name));
    found
}

fn conditions(attributes: &[Attribute]) -> Vec<Attribute> {
    attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")).cloned().collect()
}

// fn shop(module: &Bound<'_, PyModule>) -> PyResult<()> { … }
// mod shop { pub struct __Module; … }
// impl NativeModule for shop::__Module { …; fn fill(module: …) { initialize(|| shop(module), module.py()) } }
fn of_function(own: TokenStream, mut item: ItemFn) -> TokenStream {
    let mut mistakes = Mistakes::default();
    let module = Module::new(own, &item.sig.ident, &item.attrs, &mut mistakes);
    item.attrs.retain(|attribute| !is_ours(attribute));
    let (core, span) = (&module.core, Span::mixed_site());
    let mut given = Vec::new();
    for input in &item.sig.inputs {
        match input {
            FnArg::Typed(input) if is_python(&input.ty) => {
                given.push(quote_spanned!(span=> module.py()));
            }
            FnArg::Typed(input) if matches!(&*input.ty, Type::Reference(_)) => {
                given.push(quote_spanned!(span=> module));
            }
            FnArg::Typed(_) => given.push(quote_spanned!(span=> module.clone())),
            FnArg::Receiver(receiver) => {
                mistakes.add(receiver, "a module is filled by a function outside of an `impl`")
            }
        }
    }
    if given.len() > 2 || given.is_empty() {
        mistakes.add(&item.sig, "the function takes the module: `fn name(module: &Bound<'_, PyModule>) -> PyResult<()>`");
    }
    let (ident, visibility) = (&item.sig.ident, &item.vis);
    let fill = quote_spanned! {span=>
        #core::__private::initialize(|| #ident(#(#given),*), module.py())
    };
    if let Err(mistakes) = mistakes.finish() {
        let mistakes = mistakes.into_compile_error();
        return quote!(#mistakes #item);
    }
    let path = quote_spanned!(span=> #ident::);
    let (inside, implementation) = (module.inside(), module.implementation(&path, &fill));
    quote_spanned! {span=>
        #item

        #[doc(hidden)]
        #[allow(dead_code, unused_imports, missing_docs, non_snake_case)]
        #visibility mod #ident {
            // The path to the crate may be a name that was imported.
            use super::*;

            #inside
        }

        #implementation
    }
}
