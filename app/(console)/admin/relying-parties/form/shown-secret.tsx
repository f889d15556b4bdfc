"use client";
import { useEffect, useRef, useState } from "react";
import { Button, LinkButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { useNeedsScript } from "#components/ui/use-hydrated.ts";
import type { Shown } from "./party-state.ts";

export type ShownSecretWords = Record<
  "once" | "noSecret" | "clientId" | "clientSecret" | "copy" | "copied" | "copyFailed" | "next",
  string
>;

/** What a system is configured with, its secret this once. The link away from here is the way to be done. */
export function ShownSecret({ shown, words }: { shown: Shown; words: ShownSecretWords }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const needsScript = useNeedsScript();
  const [said, setSaid] = useState("");
  useEffect(() => heading.current?.focus(), []);
  const copy = async (text: string) => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid(words.copied);
    } catch {
      // Not allowed by its owner, or there is none: it can still be selected.
      setSaid(words.copyFailed);
    }
  };
  const rows = [
    { name: words.clientId, value: shown.clientId },
    ...(shown.secret === null ? [] : [{ name: words.clientSecret, value: shown.secret }]),
  ];
  return (
    <section className="card party-shown" aria-labelledby="shown">
      {/* biome-ignore lint/a11y/noAutofocus: without JavaScript the attribute alone moves the focus to the secret */}
      <h2 id="shown" ref={heading} tabIndex={-1} autoFocus>
        {shown.heading}
      </h2>
      <Callout tone={shown.secret === null ? "info" : "warn"}>
        {shown.secret === null ? words.noSecret : words.once}
      </Callout>
      <dl className="party-secret">
        {rows.map(({ name, value }) => (
          <div key={name}>
            <dt className="label">{name}</dt>
            <dd>
              <code>{value}</code>
              <Button
                type="button"
                variant="second"
                small
                icon="list"
                className={needsScript}
                onClick={() => copy(value)}
              >
                {words.copy}
                <span className="sr"> {name}</span>
              </Button>
            </dd>
          </div>
        ))}
      </dl>
      <p role="status">{said}</p>
      {shown.older && <p>{shown.older}</p>}
      <div className="actions">
        <LinkButton href={shown.next}>{words.next}</LinkButton>
      </div>
    </section>
  );
}
