import pino, { type Logger } from "pino";
import { config } from "./config.ts";

export type Log = Logger;

// The front and Next's bundle evaluate this file separately; both write through one logger.
const memory = globalThis as { kunciLog?: Log };

/** JSON lines on standard output: ids and names of routes, never personal data. */
export function log(): Log {
  memory.kunciLog ??= createLog(config().logLevel);
  return memory.kunciLog;
}

export function createLog(level: string, destination?: pino.DestinationStream): Log {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: plainFault },
  };
  return destination ? pino(options, destination) : pino(options);
}

export type PlainFault = {
  name: string;
  message: string;
  code?: string;
  constraint?: string;
  stack?: string;
  cause?: PlainFault;
};

/**
 * A fault without what it was about: a failed query carries its parameters, and PostgreSQL's detail quotes the row. Names,
 * codes, constraints and the places in our code stay.
 */
export function plainFault(fault: unknown): PlainFault {
  if (!(fault instanceof Error)) return plainThing(fault);
  const { code, constraint } = fault as { code?: unknown; constraint?: unknown };
  const stack = fault.stack
    ?.split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .join("\n");
  return {
    name: fault.name,
    message: plainMessage(fault),
    ...(typeof code === "string" ? { code } : {}),
    ...(typeof constraint === "string" ? { constraint } : {}),
    ...(stack ? { stack } : {}),
    ...(fault.cause === undefined ? {} : { cause: plainFault(fault.cause) }),
  };
}

/** What a library tells of a fault without making it one (pg-boss: `{ ...fault, message, queue }`): the words and the code alone. */
function plainThing(thing: unknown): PlainFault {
  const { message, code } = (typeof thing === "object" && thing ? thing : {}) as { message?: unknown; code?: unknown };
  return {
    name: typeof thing,
    message: typeof message === "string" && message ? plainMessage({ message }) : "not an Error",
    ...(typeof code === "string" ? { code } : {}),
  };
}

/** Whole values in quotes or after "params:" are somebody's; so are mailboxes and long runs of digits wherever they stand. */
function plainMessage(fault: { message: string }): string {
  return (fault.message.split(/\nparams:/)[0] ?? "")
    .replace(/[^\s"'<>]+@[^\s"'<>]+/g, "…@…")
    .replace(/\d[\d-]{5,}\d/g, "…")
    .replace(/[A-Za-z0-9_-]{20,}/g, (word) => (/\d/.test(word) ? "…" : word))
    .slice(0, 500);
}

/**
 * Sends what libraries say to the console through the log, so that nothing they print escapes its rules: Next.js writes
 * whole errors there, with the query that failed.
 */
export function captureConsole(into: Log): void {
  const say =
    (level: "info" | "warn" | "error") =>
    (...said: unknown[]): void => {
      const fault = said.find((each) => each instanceof Error);
      const words = said.filter((each) => typeof each === "string").join(" ");
      into[level]({ from: "console", ...(fault === undefined ? {} : { err: fault }) }, plainMessage(new Error(words)));
    };
  console.log = console.info = console.debug = say("info");
  console.warn = say("warn");
  console.error = say("error");
}
