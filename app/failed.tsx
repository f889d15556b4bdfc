"use client";
import { useSyncExternalStore } from "react";
import { Button } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import en from "#lib/text/en/errors.json" with { type: "json" };
import ms from "#lib/text/ms/errors.json" with { type: "json" };

const unchanging = () => () => {};

/** Something broke. An error page is made in the browser and gets no words from the server, so it carries its own. */
export function Failed({ retry }: { retry: () => void }) {
  const language = useSyncExternalStore(
    unchanging,
    () => document.documentElement.lang,
    () => "ms",
  );
  const words = language === "en" ? en : ms;
  return (
    <div className="signin">
      <title>{words.failedPage}</title>
      <div className="panel">
        <Chip icon="warn" tone="warn" />
        <h1 className="mt-5">{words.failedTitle}</h1>
        <p className="lead">{words.failedText}</p>
        <div className="actions">
          <Button type="button" onClick={retry}>
            {words.tryAgain}
          </Button>
          <a className="btn btn-quiet" href="/">
            {words.toLanding}
          </a>
        </div>
      </div>
    </div>
  );
}
