/** A headless Chromium for tests of pages, driven by its DevTools protocol. */
package io.edgewise.jobs.browser;
