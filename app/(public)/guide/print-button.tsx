"use client";
import { Button } from "#components/ui/button.tsx";
import { useNeedsScript } from "#components/ui/use-hydrated.ts";

export function PrintButton({ label }: { label: string }) {
  return (
    <Button
      type="button"
      variant="second"
      small
      icon="print"
      className={useNeedsScript()}
      onClick={() => window.print()}
    >
      {label}
    </Button>
  );
}
