//! Python's syntax tree, as far as definitions go: the nodes of its module `ast` as Rust structs.
//!
//! A derived struct is read from any object with these attributes, so a whole file is one
//! `extract::<Module>()`. Two types are read by hand: a [`Statement`] is one of several nodes, and
//! an [`Expression`] is wanted as text.

use std::cell::Cell;
use std::time::{Duration, Instant};

use convert_core::prelude::*;

/// A file.
#[derive(FromPyObject)]
pub struct Module {
    /// Its statements.
    pub body: Vec<Statement>,
}

/// `def` or `async def`.
#[derive(FromPyObject)]
pub struct Function {
    /// The name after `def`.
    pub name: String,
    /// The line of the `def`, below its decorators.
    pub lineno: usize,
    /// The last line.
    pub end_lineno: usize,
    /// What it takes.
    pub args: Arguments,
    /// What follows each `@`.
    pub decorator_list: Vec<Expression>,
    /// The annotation after `->`.
    pub returns: Option<Expression>,
    /// Its statements; the first may be the docstring.
    pub body: Vec<Statement>,
}

/// `class`.
#[derive(FromPyObject)]
pub struct Class {
    /// The name after `class`.
    pub name: String,
    /// The line of the `class`, below its decorators.
    pub lineno: usize,
    /// The last line.
    pub end_lineno: usize,
    /// What follows each `@`.
    pub decorator_list: Vec<Expression>,
    /// Its statements; the first may be the docstring.
    pub body: Vec<Statement>,
}

/// Everything between the parentheses of a `def`.
#[derive(FromPyObject)]
pub struct Arguments {
    /// Those before `/`.
    pub posonlyargs: Vec<Argument>,
    /// Those that may be given by position or by name.
    pub args: Vec<Argument>,
    /// `*args`.
    pub vararg: Option<Argument>,
    /// Those after `*`.
    pub kwonlyargs: Vec<Argument>,
    /// One for each of `kwonlyargs`; `None` where that has no default.
    pub kw_defaults: Vec<Option<Expression>>,
    /// `**kwargs`.
    pub kwarg: Option<Argument>,
    /// Those of the last positional arguments.
    pub defaults: Vec<Expression>,
}

/// One argument.
#[derive(FromPyObject)]
pub struct Argument {
    /// Its name, which `ast` calls `arg`.
    #[py(rename = "arg")]
    pub name: String,
    /// What follows the colon.
    pub annotation: Option<Expression>,
}

/// A statement that holds others: `if`, `for`, `try`, `with`, `match`, or a branch of one.
///
/// What a node does not have is empty.
#[derive(FromPyObject)]
pub struct Block {
    /// The statements under its first line.
    #[py(default)]
    pub body: Vec<Statement>,
    /// Those under `else`; an `elif` is an `if` in here.
    #[py(default)]
    pub orelse: Vec<Statement>,
    /// Those under `finally`.
    #[py(default)]
    pub finalbody: Vec<Statement>,
    /// The branches `except`.
    #[py(default)]
    pub handlers: Vec<Block>,
    /// The branches `case`.
    #[py(default)]
    pub cases: Vec<Block>,
}

/// A statement that is a string: `"text"`.
#[derive(FromPyObject)]
struct Text {
    value: Constant,
}

/// A literal; only strings are read.
#[derive(FromPyObject)]
struct Constant {
    value: String,
}

/// Any statement.
pub enum Statement {
    /// `def`.
    Function(Box<Function>),
    /// `class`.
    Class(Class),
    /// One that holds others.
    Block(Block),
    /// A string; a docstring where it comes first.
    Text(String),
    /// One without definitions in it.
    Other,
}

impl<'a, 'py> FromPyObject<'a, 'py> for Statement {
    const EXPECTED: TypeHint = TypeHint::name("ast.stmt");

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        Ok(match &*object.type_name() {
            "FunctionDef" | "AsyncFunctionDef" => Statement::Function(Box::extract(object)?),
            "ClassDef" => Statement::Class(Class::extract(object)?),
            "If" | "For" | "AsyncFor" | "While" | "With" | "AsyncWith" | "Try" | "TryStar"
            | "Match" => Statement::Block(Block::extract(object)?),
            "Expr" => match Text::extract(object) {
                Ok(text) => Statement::Text(text.value.value),
                // A call, for one.
                Err(error) if error.is_type() => Statement::Other,
                Err(error) => return Err(error),
            },
            _ => Statement::Other,
        })
    }
}

/// The text of an expression, as `ast.unparse` writes it.
pub struct Expression(pub String);

impl<'a, 'py> FromPyObject<'a, 'py> for Expression {
    const EXPECTED: TypeHint = TypeHint::name("ast.expr");

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        let start = Instant::now();
        let text = object.py().import("ast")?.call_method1("unparse", (object,))?;
        UNPARSING.set(UNPARSING.get() + start.elapsed());
        Ok(Expression(text.extract()?))
    }
}

thread_local! {
    /// How long Python took to write expressions.
    static UNPARSING: Cell<Duration> = const { Cell::new(Duration::ZERO) };
}

/// How long Python took to write expressions since this was last asked.
pub fn take_unparsing_time() -> Duration {
    UNPARSING.take()
}

/// The docstring of a body.
pub fn docstring(body: &[Statement]) -> Option<&str> {
    match body.first() {
        Some(Statement::Text(text)) => Some(text),
        _ => None,
    }
}

impl Block {
    /// The bodies of the block itself and of its branches.
    pub fn bodies(&self) -> Vec<&[Statement]> {
        let branches = self.handlers.iter().chain(&self.cases);
        let own = [&*self.body, &*self.orelse, &*self.finalbody];
        own.into_iter().chain(branches.flat_map(Block::bodies)).collect()
    }
}

impl Arguments {
    /// Each argument with its default.
    pub fn with_defaults(&self) -> impl Iterator<Item = (&Argument, Option<&Expression>)> {
        let positional = || self.posonlyargs.iter().chain(&self.args);
        let required = positional().count() - self.defaults.len();
        let defaults = std::iter::repeat_n(None, required).chain(self.defaults.iter().map(Some));
        let by_name = self.kwonlyargs.iter().zip(self.kw_defaults.iter().map(Option::as_ref));
        let rest = self.vararg.iter().chain(&self.kwarg).map(|argument| (argument, None));
        positional().zip(defaults).chain(by_name).chain(rest)
    }
}
