import type { Metadata } from "next";
import { ApiProvider } from "~/trpc/react";
import { VerifyForm } from "./_components/verify-form";

export const metadata: Metadata = { title: "Confirm your e-mail" };

export default function VerifyPage() {
  return (
    <div className="grid gap-6">
      <h1 className="text-2xl font-semibold">Confirm your e-mail</h1>
      <ApiProvider>
        <VerifyForm />
      </ApiProvider>
    </div>
  );
}
