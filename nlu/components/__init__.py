"""Rasa components of this assistant; config.yml and endpoints.yml name them."""
