"""`python -m ctgdocs` and the `ctgdocs` command."""


def main() -> None:
    """Runs the command line; exits with 0 (clean), 1 (findings) or 2 (usage)."""
    from ctgdocs.cli import run

    run()


if __name__ == "__main__":
    main()
