import { AsyncLocalStorage } from "node:async_hooks";

/** Facts of a span: names of routes and statements, codes and ids. Never a value of a query, a path, an address or a name. */
export type Facts = Readonly<Record<string, string | number | boolean>>;

export type SpanKind = "server" | "client" | "consumer";

export type Span = {
  /** `within` this span: what `work` begins belongs to it. */
  within: <T>(work: () => T) => T;
  set: (facts: Facts) => void;
  rename: (name: string) => void;
  /** Ends it; `failed` is a code of what went wrong. */
  end: (failed?: string) => void;
};

export type Tracing = {
  /** Begins a span within the one that is under way, or within what a caller's `traceparent` names. */
  begin: (name: string, kind: SpanKind, facts: Facts, traceparent?: string) => Span;
  /** Whether something is under way that a span could belong to. */
  isWithin: () => boolean;
  /** Hands over what is left, and ends. */
  stop: () => Promise<void>;
};

// The front and Next's bundle evaluate this file separately; spans of both belong to one trace.
const shared = globalThis as { kunciTracing?: Tracing | undefined; kunciSpans?: AsyncLocalStorage<unknown> };

/** The tracing of this process; nothing where no collector is configured, and then it costs this look. */
export const tracing = (): Tracing | undefined => shared.kunciTracing;

export function takeTracing(opened: Tracing | undefined): void {
  shared.kunciTracing = opened;
}

/** Carries the span that is under way. */
export function spansUnderWay<T>(): AsyncLocalStorage<T> {
  shared.kunciSpans ??= new AsyncLocalStorage();
  return shared.kunciSpans as AsyncLocalStorage<T>;
}

/** Carries out `work` in a span of its own, where there is tracing. What it throws goes on, and its code is the span's. */
export async function inSpan<T>(
  name: string,
  kind: SpanKind,
  facts: Facts,
  work: () => Promise<T>,
  outcome: (answer: T) => string | undefined = () => undefined,
): Promise<T> {
  const span = tracing()?.begin(name, kind, facts);
  if (!span) return work();
  try {
    const answer = await span.within(work);
    span.end(outcome(answer));
    return answer;
  } catch (fault) {
    span.end(codeOfFault(fault));
    throw fault;
  }
}

/** The code of a fault, or its kind: its words may quote what it was about. */
export function codeOfFault(fault: unknown): string {
  const { code, name } = (fault ?? {}) as { code?: unknown; name?: unknown };
  return typeof code === "string" ? code : typeof name === "string" ? name : "fault";
}
