import type { Metadata } from "next";
import Link from "next/link";
import { ApiProvider } from "~/trpc/react";
import { ResetForm } from "./_components/reset-form";

export const metadata: Metadata = { title: "Choose a new password" };

export default function ResetPage() {
  return (
    <div className="grid gap-6">
      <h1 className="text-2xl font-semibold">Choose a new password</h1>
      <ApiProvider>
        <ResetForm />
      </ApiProvider>
      <p className="text-sm">
        <Link href="/forgot" className="link inline-flex min-h-6 items-center">
          Have a new link sent
        </Link>
      </p>
    </div>
  );
}
