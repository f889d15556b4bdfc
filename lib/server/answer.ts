import { AsyncLocalStorage } from "node:async_hooks";

/** What an action wants said about its page; the front applies it when Next.js begins to answer. */
export type Answer = { status?: number; headers: Record<string, string> };

// The front runs in plain Node and actions in Next's bundle: each evaluates this file, and they meet on globalThis.
const shared = globalThis as { kunciAnswers?: AsyncLocalStorage<Answer> };

export function answers(): AsyncLocalStorage<Answer> {
  shared.kunciAnswers ??= new AsyncLocalStorage();
  return shared.kunciAnswers;
}

/**
 * Gives the page that follows a server action a status of its own, since Next.js knows none but 200 there:
 * `answerWith(429, { "Retry-After": "60" })`. The page is rendered as ever. A redirect keeps its own status. Outside a
 * request it does nothing.
 */
export function answerWith(status: number, headers: Record<string, string> = {}): void {
  const answer = answers().getStore();
  if (answer) Object.assign(answer, { status, headers });
}
