"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import { describedBy, FieldError, FieldFrame } from "#components/form/field.tsx";
import { Button } from "#components/ui/button.tsx";
import { PhoneLink } from "#components/ui/phone-link.tsx";

/** Where a page came without the countries: where they are, and what to say until they are there. */
export type CountriesElsewhere = {
  /** In the page's language. Another address has them fetched again. */
  address: string;
  /** Without JavaScript: that they come with the next answer. */
  plain: string;
  /** They could not be fetched; the helpdesk's number follows. */
  failed: string;
  retry: string;
  phone: string;
};

type Props = {
  label: string;
  error: string | undefined;
  chosen: string | undefined;
  /** The options as HTML, where the page came with them. */
  options: string;
  elsewhere?: CountriesElsewhere | undefined;
};

/** 249 countries are half a page, and nine in ten have a MyKad: they come along only with who needs them. */
export function CountrySelect({ label, error, chosen, options, elsewhere }: Props) {
  const select = useRef<HTMLSelectElement>(null);
  const picked = useRef(chosen);
  const { html, failed, fetchNow } = useCountries(select, options === "" ? elsewhere?.address : undefined);
  const shown = selected(options || html, chosen);
  // New options, as after a change of language, come without what was picked among the old ones.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the options are what undoes the choice
  useEffect(() => {
    if (select.current && picked.current) select.current.value = picked.current;
  }, [shown]);
  return (
    <FieldFrame id="passportCountry" label={label} error={error} className="for-passport">
      {elsewhere && options === "" && (
        <noscript>
          <p className="hint">{elsewhere.plain}</p>
        </noscript>
      )}
      {elsewhere && failed && (
        <div role="alert" className="mb-3">
          <FieldError id="passportCountry-list">
            {elsewhere.failed} <PhoneLink phone={elsewhere.phone} plain />
          </FieldError>
          <Button type="button" variant="second" small icon="again" onClick={() => void fetchNow()}>
            {elsewhere.retry}
          </Button>
        </div>
      )}
      <select
        ref={select}
        id="passportCountry"
        name="passportCountry"
        className="input"
        autoComplete="off"
        {...describedBy("passportCountry", null, error)}
        onChange={(change) => {
          picked.current = change.currentTarget.value;
        }}
        // biome-ignore lint/security/noDangerouslySetInnerHtml: made by our server of a fixed list
        dangerouslySetInnerHTML={{ __html: shown }}
      />
    </FieldFrame>
  );
}

/** The options from `address`, once the form says that it is about a passport. Nothing is fetched without an address. */
function useCountries(select: React.RefObject<HTMLSelectElement | null>, address: string | undefined) {
  const [held, setHeld] = useState({ from: "", html: "" });
  const [failed, setFailed] = useState(false);
  const asking = useRef("");
  const fetchNow = useCallback(async () => {
    if (!address || asking.current === address) return;
    asking.current = address;
    const answer = await fetch(address)
      .then(async (got) => (got.ok ? await got.text() : null))
      .catch(() => null);
    // Somebody who changed the language meanwhile waits for another answer than this one.
    if (asking.current !== address) return;
    asking.current = "";
    setFailed(answer === null);
    if (answer !== null) setHeld({ from: address, html: answer });
  }, [address]);
  useEffect(() => {
    const form = select.current?.form;
    if (!address || !form || held.from === address) return;
    const whenNeeded = () => {
      if (new FormData(form).get("identityType") === "passport") void fetchNow();
    };
    whenNeeded();
    form.addEventListener("change", whenNeeded);
    return () => form.removeEventListener("change", whenNeeded);
  }, [address, held.from, fetchNow, select]);
  return { html: held.html, failed, fetchNow };
}

const selected = (options: string, chosen: string | undefined): string =>
  chosen && /^[A-Z]{2}$/.test(chosen) ? options.replace(`value="${chosen}"`, `value="${chosen}" selected`) : options;
