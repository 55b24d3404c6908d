import { type Command, InvalidArgumentError, Option, Argument } from 'commander';
import type { z } from 'zod';
import { type Operation, formDescription, outDescription } from '../core/operation.ts';

/** What a command line can show of a field, in the words of JSON Schema. */
export interface Field {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly items?: Field;
}

/** Adds an operation's input to a command: positional fields as arguments, all others as options. */
export function deriveInput(command: Command, operation: Operation): void {
  const { properties, required } = fieldsOf(operation);
  const positional = operation.positional ?? [];
  for (const [name, field] of Object.entries(properties)) {
    if (positional.includes(name)) command.addArgument(argument(name, field, required.includes(name)));
    else command.addOption(option(name, field, required.includes(name)));
  }
}

/** Where an answer has further forms: which one, and where it goes. */
export function deriveForms(command: Command, { formats }: Operation): void {
  if (formats === undefined) return;
  command.addOption(new Option('--format <choice>', formDescription).choices(formats));
  command.addOption(new Option('--out <file>', outDescription));
}

/** What the command line gave, as the operation's input; the operation's own schema has the last word. */
export function inputFrom(
  operation: Operation,
  args: readonly unknown[],
  options: Readonly<Record<string, unknown>>,
): unknown {
  const names = Object.keys(fieldsOf(operation).properties);
  const positional = operation.positional ?? [];
  const given = [
    ...positional.map((name, index) => [name, args[index]] as const),
    ...names.filter((name) => !positional.includes(name)).map((name) => [name, options[name]] as const),
  ];
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}

interface Fields {
  readonly properties: Readonly<Record<string, Field>>;
  readonly required: readonly string[];
}

const known = new WeakMap<Operation, Fields>();

export function fieldsOf(operation: Operation): Fields {
  const fields = known.get(operation) ?? readFields(operation);
  known.set(operation, fields);
  return fields;
}

/** The schemas that a command line can show. */
type Shown =
  | z.ZodDefault<z.ZodType>
  | z.ZodOptional<z.ZodType>
  | z.ZodArray<z.ZodType>
  | z.ZodEnum
  | z.ZodString
  | z.ZodNumber
  | z.ZodBoolean;

function readFields({ input }: Operation): Fields {
  const fields = Object.entries(input.shape as Readonly<Record<string, Shown>>);
  return {
    properties: Object.fromEntries(fields.map(([name, schema]) => [name, fieldOf(schema)])),
    required: fields.flatMap(([name, { type }]) => (type === 'default' || type === 'optional' ? [] : name)),
  };
}

/** Read off the schema itself: writing its JSON Schema would take a good part of what a short command takes. */
function fieldOf(schema: z.ZodType): Field {
  const { description } = schema;
  return { ...shownOf(schema as Shown), ...(description === undefined ? {} : { description }) };
}

function shownOf(schema: Shown): Field {
  switch (schema.type) {
    case 'default':
      return { ...fieldOf(schema.unwrap()), default: schema.def.defaultValue };
    case 'optional':
      return fieldOf(schema.unwrap());
    case 'array':
      return { type: 'array', items: fieldOf(schema.element) };
    case 'enum':
      return { type: 'string', enum: schema.options.map(String) };
    default:
      return { type: schema.type };
  }
}

function argument(name: string, field: Field, isRequired: boolean): Argument {
  const shown = field.type === 'array' ? `${name}...` : name;
  const result = new Argument(isRequired ? `<${shown}>` : `[${shown}]`, field.description);
  return field.enum === undefined ? result : result.choices(field.enum);
}

function option(name: string, field: Field, isRequired: boolean): Option {
  const flag = `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  if (field.type === 'boolean') return new Option(flag, field.description);
  const isList = field.type === 'array';
  const one = isList ? (field.items ?? {}) : field;
  const notes = [...(one.enum === undefined ? [] : [one.enum.join(', ')]), ...(isList ? ['may be repeated'] : [])];
  const note = notes.length === 0 ? '' : ` (${notes.join('; ')})`;
  const result = new Option(`${flag} <${valueName(one)}>`, `${field.description ?? ''}${note}`);
  if (isRequired) result.makeOptionMandatory();
  if (field.default !== undefined && !isList) result.default(field.default);
  // Commander's own parser for choices would replace the list that a repeated option collects.
  result.argParser((text, previous: unknown) => {
    const value = parseValue(text, one);
    return isList ? [...((previous as readonly unknown[] | undefined) ?? []), value] : value;
  });
  return result;
}

function valueName({ type, enum: choices }: Field): string {
  if (choices !== undefined) return 'choice';
  return type === 'number' ? 'n' : 'text';
}

function parseValue(text: string, { type, enum: choices }: Field): unknown {
  if (choices !== undefined && !choices.includes(text)) {
    throw new InvalidArgumentError(`Expected one of ${choices.join(', ')}.`);
  }
  if (type !== 'number') return text;
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) throw new InvalidArgumentError('Expected a number.');
  return value;
}
