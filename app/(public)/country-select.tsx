"use client";
import { useEffect, useRef, useState } from "react";
import { FieldFrame } from "#components/form/field.tsx";

type Props = {
  label: string;
  error: string | undefined;
  chosen: string | undefined;
  /** The options as HTML, where the page came with them; else they are fetched once a passport is chosen. */
  options: string;
  /** The page that comes with them, for browsers without JavaScript. */
  withoutScript?: { href: string; words: string } | undefined;
};

/** 249 countries are half a page, and nine in ten have a MyKad: they come along only with who needs them. */
export function CountrySelect({ label, error, chosen, options, withoutScript }: Props) {
  const [html, setHtml] = useState(options);
  const select = useRef<HTMLSelectElement>(null);
  useEffect(() => {
    const form = select.current?.form;
    if (html !== "" || !form) return;
    const fetchOnce = async () => {
      if (new FormData(form).get("identityType") !== "passport") return;
      const answer = await fetch(`/api/countries/${document.documentElement.lang}`).catch(() => null);
      if (answer?.ok) setHtml(await answer.text());
    };
    void fetchOnce();
    form.addEventListener("change", fetchOnce);
    return () => form.removeEventListener("change", fetchOnce);
  }, [html]);
  return (
    <FieldFrame id="passportCountry" label={label} error={error} className="for-passport">
      <select
        ref={select}
        id="passportCountry"
        name="passportCountry"
        className="input"
        autoComplete="off"
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? "passportCountry-error" : undefined}
        // biome-ignore lint/security/noDangerouslySetInnerHtml: made by our server of a fixed list
        dangerouslySetInnerHTML={{ __html: selected(html, chosen) }}
      />
      {withoutScript && (
        <noscript>
          <p className="hint">
            <a href={withoutScript.href}>{withoutScript.words}</a>
          </p>
        </noscript>
      )}
    </FieldFrame>
  );
}

const selected = (options: string, chosen: string | undefined): string =>
  chosen && /^[A-Z]{2}$/.test(chosen) ? options.replace(`value="${chosen}"`, `value="${chosen}" selected`) : options;
