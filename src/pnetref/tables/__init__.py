"""Answers to Rich: the only package that imports it."""
