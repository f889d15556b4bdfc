import type { IncomingMessage } from "node:http";
import { type ActionCheck, checkFetchAction, checkPlainAction, type KnowsAction } from "./check-action.ts";
import { parseMultipart } from "./parse-multipart.ts";
import { parseJson } from "./plain-value.ts";
import { type Refusal, takesFile } from "./visit.ts";

/** Whether there is a page at a decoded path, be it the one that says that there is none; not a file, nor what answers with data. */
export type IsPage = (path: string) => boolean;

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const malformed = { status: 400, words: "malformed" } as const satisfies Refusal;
const wrongKind = { status: 415, words: "kind" } as const satisfies Refusal;

/**
 * Looks through a body before Next.js does, which answers several malformed ones with 500. Pages take forms alone
 * (`multipart/form-data`, with or without JavaScript); what is below `/api` takes JSON and plain forms as well.
 */
export function checkBody(
  req: Pick<IncomingMessage, "headers">,
  path: string,
  body: Buffer,
  knows: KnowsAction,
  isPage: IsPage = () => true,
): Refusal | null {
  const contentType = req.headers["content-type"] ?? "";
  const kind = contentType.split(";", 1)[0]?.trim() ?? "";
  const actionId = req.headers["next-action"];
  // A file is no text: whoever reads its parts says what is malformed.
  if (takesFile(path) && actionId === undefined) return kind === "multipart/form-data" ? null : wrongKind;
  const text = decode(body);
  if (text === null) return malformed;
  // Next.js looks for the page around an action, and answers 500 where there is none.
  if (actionId !== undefined && (path.startsWith("/api/") || !isPage(path))) return malformed;
  if (path.startsWith("/api/")) return checkApiBody(kind, contentType, text);
  const isBareCall = kind === "text/plain" && actionId !== undefined;
  if (kind !== "multipart/form-data" && !isBareCall) return wrongKind;
  const fields = isBareCall ? [{ name: "0", value: text }] : parseMultipart(text, contentType);
  if (fields === null) return malformed;
  if (actionId === undefined) return refusalOf(checkPlainAction(fields, knows), path);
  // The browser's half of Next.js has its own answer to an action that is gone, and needs Next's words for it.
  return refusalOf(
    checkFetchAction(String(actionId), fields, () => true),
    path,
  );
}

/** What is posted to the provider: a plain form, or nothing (userinfo, with its token in a header). */
export function checkForm(req: Pick<IncomingMessage, "headers">, body: Buffer): Refusal | null {
  const kind = req.headers["content-type"]?.split(";", 1)[0]?.trim();
  if (kind === undefined ? body.length > 0 : kind !== "application/x-www-form-urlencoded") return wrongKind;
  return decode(body) === null ? malformed : null;
}

function checkApiBody(kind: string, contentType: string, text: string): Refusal | null {
  switch (kind) {
    case "application/json":
      return parseJson(text) === undefined ? malformed : null;
    case "application/x-www-form-urlencoded":
      return null;
    case "multipart/form-data": {
      const fields = parseMultipart(text, contentType);
      // An address below `/api` that there is not is a page to Next.js, which would do what such a field asks for.
      return fields === null || fields.some(({ name }) => name.startsWith("$ACTION")) ? malformed : null;
    }
    default:
      return wrongKind;
  }
}

function refusalOf(check: ActionCheck, path: string): Refusal | null {
  if (check === "outdated") return { status: 409, words: "outdated", reload: encodeURI(path) };
  return check === "ok" ? null : malformed;
}

function decode(body: Buffer): string | null {
  try {
    return utf8.decode(body);
  } catch {
    return null;
  }
}
