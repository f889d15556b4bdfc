"use client";
import { useEffect, useRef, useState } from "react";
import { Button, LinkButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { useNeedsScript } from "#components/ui/use-hydrated.ts";

export type ShownWords = Record<
  | "heading"
  | "once"
  | "list"
  | "copy"
  | "copied"
  | "copyFailed"
  | "print"
  | "download"
  | "keep"
  | "finish"
  | "fileName"
  | "fileTitle"
  | "fileMade"
  | "fileWhere",
  string
>;

/**
 * What is copied and downloaded. Lines end as Windows' Notepad wants them. No name and no number: paper that is found
 * tells nobody whose it is.
 */
const asText = (codes: readonly string[], { fileTitle, fileWhere, fileMade }: ShownWords): string =>
  [fileTitle, fileWhere, fileMade, "", ...codes.map((code, at) => `${String(at + 1).padStart(2)}. ${code}`), ""].join(
    "\r\n",
  );

/** The codes, this once: to be copied, printed or downloaded. The link away from here is the way to be done. */
export function ShownCodes({ codes, words }: { codes: readonly string[]; words: ShownWords }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const needsScript = useNeedsScript();
  const [said, setSaid] = useState("");
  useEffect(() => heading.current?.focus(), []);
  const text = asText(codes, words);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid(words.copied);
    } catch {
      // Not allowed by its owner, or there is none: the codes can still be selected.
      setSaid(words.copyFailed);
    }
  };
  return (
    <section className="card shown-codes" aria-labelledby="shown">
      {/* biome-ignore lint/a11y/noAutofocus: without JavaScript the attribute alone moves the focus to the codes */}
      <h2 id="shown" className="off-paper" ref={heading} tabIndex={-1} autoFocus>
        {words.heading}
      </h2>
      <div className="off-paper">
        <Callout tone="warn">{words.once}</Callout>
      </div>
      <p className="on-paper">
        <strong>{words.fileTitle}</strong>
        <br />
        {words.fileWhere}
        <br />
        {words.fileMade}
      </p>
      <ol className="code-list" aria-label={words.list}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div className="row off-paper">
        <Button type="button" variant="second" small icon="list" className={needsScript} onClick={copy}>
          {words.copy}
        </Button>
        <LinkButton
          variant="second"
          small
          icon="download"
          download={words.fileName}
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
        >
          {words.download}
        </LinkButton>
        <Button
          type="button"
          variant="second"
          small
          icon="print"
          className={needsScript}
          onClick={() => window.print()}
        >
          {words.print}
        </Button>
        <p role="status">{said}</p>
      </div>
      <p>{words.keep}</p>
      <div className="actions off-paper">
        <LinkButton href="/settings/recovery-codes">{words.finish}</LinkButton>
      </div>
    </section>
  );
}
