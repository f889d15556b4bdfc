"use client";
import { Button } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { useErrorWords } from "./error-words.ts";

/** Something broke. */
export function Failed({ retry, digest }: { retry: () => void; digest?: string | undefined }) {
  const words = useErrorWords();
  return (
    <div className="signin">
      <title>{words.failedPage}</title>
      <div className="panel">
        <Chip icon="warn" tone="warn" />
        <h1 className="mt-5">{words.failedTitle}</h1>
        <p className="lead">{words.failedText}</p>
        {digest !== undefined && <p className="hint">{words.reference.replace("{digest}", digest)}</p>}
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
