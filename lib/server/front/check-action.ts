import type { Field } from "./parse-multipart.ts";
import { isPlainValue, parseJson } from "./plain-value.ts";

/** "outdated" is a page of an earlier build: well-formed, but its action is gone. */
export type ActionCheck = "ok" | "malformed" | "outdated";

/** Whether this build has an action of that id; always yes where nobody knows (development). */
export type KnowsAction = (id: string) => boolean;

const ACTION_ID = /^[0-9a-f]{42}$/;
const MOST_ARGUMENTS = 8;
/** One of the form, and one of the button that was pressed. */
const MOST_ACTIONS = 2;
const FORM_KEY = /^[\w:«»-]{1,80}$/;
const PREFIX = /^[\w:«»-]{0,40}$/;

/**
 * Checks what Next.js hides in a form that is posted without JavaScript: which action is meant, and the state that it goes on
 * from (react-server-dom `decodeAction`). An action of the portal takes `(form)` or `(state, form)` and reads its form, or it takes
 * nothing: so the front can tell a call without one. Anything malformed here would be a 500 behind it.
 */
export function checkPlainAction(fields: readonly Field[], knows: KnowsAction): ActionCheck {
  const hidden = fields.filter(({ name }) => name.startsWith("$ACTION_"));
  const keys = hidden.filter(({ name }) => name === "$ACTION_KEY");
  const direct = hidden.filter(({ name }) => name.startsWith("$ACTION_ID_"));
  const bound = hidden.filter(({ name }) => name.startsWith("$ACTION_REF_"));
  const actions = direct.length + bound.length;
  if (actions === 0 || actions > MOST_ACTIONS || keys.length > 1 || !keys.every(({ value }) => FORM_KEY.test(value)))
    return "malformed";

  const rows = hidden.filter((field) => ![...keys, ...direct, ...bound].includes(field));
  const calls = [
    ...direct.map(({ name }) => ({ id: name.slice("$ACTION_ID_".length), given: 1, used: 0 })),
    ...bound.map(({ name }) => readBound(name.slice("$ACTION_REF_".length), rows)),
  ];
  if (calls.reduce((sum, call) => sum + (call?.used ?? 0), 0) !== rows.length) return "malformed";
  return worst(calls.map((call) => (call ? checkCall(call.id, call.given, knows) : "malformed")));
}

/** `$ACTION_1:0` holds `{"id": …, "bound": "$@1"}`, and then `$ACTION_1:1` the arguments before the form. */
function readBound(prefix: string, rows: readonly Field[]): { id: string; given: number; used: number } | null {
  if (!PREFIX.test(prefix)) return null;
  const only = (row: string): string | undefined => {
    const found = rows.filter(({ name }) => name === `$ACTION_${prefix}:${row}`);
    return found.length === 1 ? found[0]?.value : undefined;
  };
  const meta = /^\{"id":"([0-9a-f]{42})","bound":(null|"\$@1")\}$/.exec(only("0") ?? "");
  const id = meta?.[1];
  if (id === undefined) return null;
  if (meta?.[2] === "null") return { id, given: 1, used: 1 };
  const before = parseJson(only("1") ?? "");
  if (!Array.isArray(before) || before.length >= MOST_ARGUMENTS || !isPlainValue(before, "1")) return null;
  return { id, given: before.length + 1, used: 2 };
}

/**
 * Checks what Next.js sends for a form in a page with JavaScript (react-server-dom `decodeReply`): the row "0" with the
 * arguments, the last of them naming the form, whose fields are called `_1_name`. Arguments that the action does not look at
 * are left out, so one that takes none comes as an empty list without a form.
 */
export function checkFetchAction(actionId: string, fields: readonly Field[], knows: KnowsAction): ActionCheck {
  const last = fields.at(-1);
  const args = last?.name === "0" ? parseJson(last.value) : undefined;
  if (!Array.isArray(args) || args.length > MOST_ARGUMENTS || args.length !== argumentsOf(actionId)) return "malformed";
  if (args.length === 0 && fields.length > 1) return "malformed";
  if (args.length > 0) {
    const form = /^\$K([0-9a-f]{1,4})$/.exec(String(args.at(-1)))?.[1];
    if (form === undefined || !args.slice(0, -1).every((before) => isPlainValue(before, "0", args))) return "malformed";
    if (!fields.slice(0, -1).every(({ name }) => name.startsWith(`_${form}_`))) return "malformed";
  }
  return checkCall(actionId, Math.max(args.length, 1), knows);
}

function checkCall(id: string, given: number, knows: KnowsAction): ActionCheck {
  if (!ACTION_ID.test(id) || (argumentsOf(id) > 0 && given !== argumentsOf(id))) return "malformed";
  return knows(id) ? "ok" : "outdated";
}

/**
 * How many arguments an action takes: the first byte of its id tells which of the first six it looks at
 * (next/dist/shared/lib/server-reference-info). One called with fewer would meet an undefined form.
 */
function argumentsOf(id: string): number {
  const used = (Number.parseInt(id.slice(0, 2), 16) >> 1) & 0b111111;
  return used === 0 ? 0 : 6 - Math.log2(used & -used);
}

const worst = (checks: readonly ActionCheck[]): ActionCheck =>
  checks.includes("malformed") ? "malformed" : checks.includes("outdated") ? "outdated" : "ok";
