"""The screens: a module gives its ROUTES, and its lines of the MENU."""
