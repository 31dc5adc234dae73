import { onMount } from 'svelte';

/** Whether the browser believes that it has a network. True until it says otherwise. */
export function isOnline(): { readonly current: boolean } {
  let online = $state(true);
  onMount(() => {
    const read = (): void => {
      online = navigator.onLine;
    };
    read();
    addEventListener('online', read);
    addEventListener('offline', read);
    return () => {
      removeEventListener('online', read);
      removeEventListener('offline', read);
    };
  });
  return {
    get current() {
      return online;
    },
  };
}
