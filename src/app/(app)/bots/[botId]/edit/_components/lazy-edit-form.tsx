"use client";

import dynamic from "next/dynamic";
import { Skeleton } from "~/components/ui/states";

const Loading = () => (
  <div role="status" aria-label="Loading" className="grid gap-4 xl:grid-cols-[minmax(0,1fr)_23rem]">
    <div className="grid gap-4">
      <Skeleton className="h-80 w-full" />
      <Skeleton className="h-64 w-full" />
    </div>
    <Skeleton className="h-96 w-full" />
  </div>
);

/** The form lives in the browser alone, which keeps its draft. */
export const LazyEditForm = dynamic(() => import("./edit-bot-form").then((module) => module.EditBotForm), {
  ssr: false,
  loading: Loading,
});
