"""The API, version 1."""

from fastapi import APIRouter

API = APIRouter()
