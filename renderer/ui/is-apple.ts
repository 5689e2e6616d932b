/** Shortcuts use ⌘ in place of Ctrl there. */
export const isApple = navigator.userAgent.includes('Macintosh');
